using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>In which PostgreSQL database a catalogue is, and how it follows the journal.</summary>
public sealed record PostgresCatalogOptions : CatalogOptions
{
    /// <summary>The database.</summary>
    public required StoreAddress Address { get; init; }

    /// <summary>Connections that it uses at most.</summary>
    public int ConnectionsMax { get; init; } = 8;
}
