namespace Market.Grains.Searching;

/// <summary>Where a catalogue's SQLite file is, and how it follows the journal.</summary>
public sealed record SqliteCatalogOptions : CatalogOptions
{
    /// <summary>The folder of its file; null keeps it in memory.</summary>
    public string? DataFolder { get; init; }
}
