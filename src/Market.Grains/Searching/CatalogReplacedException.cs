using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>
/// The catalogue is not the one that was opened: another process made it again, or the database went back to an older
/// state. It is opened again and followed from where it is.
/// </summary>
internal sealed class CatalogReplacedException() : StoreException("The catalogue was made again by another process.");
