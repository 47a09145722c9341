namespace Market.Grains.Searching;

/// <summary>What a catalogue lists. The number is part of cursors.</summary>
internal enum CatalogKind : byte
{
    /// <summary>What sellers offer.</summary>
    Listing = 1,

    /// <summary>What buyers need.</summary>
    Request = 2,
}
