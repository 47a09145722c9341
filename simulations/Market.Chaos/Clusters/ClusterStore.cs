using Market.Chaos.Killing;
using Market.Grains.Journaling;
using Market.TestSupport;
using Npgsql;

namespace Market.Chaos.Clusters;

/// <summary>
/// Where the market of one trial is: files in a temporary folder, a database of a throw-away server, or one that the
/// user names. The folder holds the keys in any case.
/// </summary>
internal sealed class ClusterStore : IDisposable
{
    private readonly PostgresServer? _server;

    private ClusterStore(PostgresServer? server, string? address)
    {
        _server = server;
        var folder = Directory.CreateTempSubdirectory("market-cluster-").FullName;
        Place = new StorePlace(folder, server?.CreateDatabase().Address ?? address);
    }

    /// <summary>The folder and the database.</summary>
    public StorePlace Place { get; }

    /// <summary>Makes one for a trial.</summary>
    public static ClusterStore Make(ClusterPlan plan) => plan switch
    {
        { OnFiles: true } => new ClusterStore(null, null),
        { Store: { } given } => new ClusterStore(null, given),
        _ => new ClusterStore(PostgresServer.Launch(), null),
    };

    /// <summary>The database, in Npgsql's form.</summary>
    public string ConnectionString => StoreAddress.Parse(Place.Store!).ConnectionString;

    /// <summary>Position of the journal's last row, as the database has it.</summary>
    public async Task<long> ReadHeadAsync()
    {
        await using var database = NpgsqlDataSource.Create(ConnectionString);
        await using var command = database.CreateCommand("SELECT position FROM market.head");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Ends the throw-away database server as a crash would.</summary>
    public void Stop() => _server!.StopImmediately();

    /// <summary>Starts it again.</summary>
    public void Start() => _server!.Start();

    /// <inheritdoc/>
    public void Dispose()
    {
        _server?.Dispose();
        Directory.Delete(Place.Folder, recursive: true);
    }
}
