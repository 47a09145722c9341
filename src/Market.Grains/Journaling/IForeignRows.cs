namespace Market.Grains.Journaling;

/// <summary>Rows that other processes have committed to the storage, for observers of this one.</summary>
public interface IForeignRows
{
    /// <summary>
    /// Rows after a position up to another that are known to be committed: at least one, in order and without gaps,
    /// at most as many as are good to hold at once.
    /// </summary>
    /// <exception cref="StoreException">They could not be read; they may be asked for again.</exception>
    PendingAppend[] Read(long afterPosition, long upToPosition);
}
