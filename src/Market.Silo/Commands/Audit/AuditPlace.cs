namespace Market.Silo.Commands.Audit;

/// <summary>What is audited: the store, and the folder of the keys and checkpoints that belong to it.</summary>
/// <param name="DataFolder">The market's data folder.</param>
/// <param name="Database">
/// The PostgreSQL database that has the store, in the form that Npgsql takes; null where the folder has it.
/// </param>
public sealed record AuditPlace(string DataFolder, string? Database = null)
{
    /// <summary>A folder that has all.</summary>
    public static implicit operator AuditPlace(string dataFolder) => new(dataFolder);

    /// <summary>A folder that has all.</summary>
    public static AuditPlace FromString(string dataFolder) => new(dataFolder);

    /// <summary>The folder; never the database's address, which may have a password.</summary>
    public override string ToString() => DataFolder;
}
