using Market.Grains.Journaling;

namespace Market.Silo.Keys;

/// <summary>
/// Copies what agents left in confidence from one store to another, with the keys of one data folder: it is sealed
/// anew for the other store, and never written down in the clear.
/// </summary>
internal static class PrivateTableCopy
{
    /// <summary>Copies; records that are there already stay.</summary>
    /// <param name="from">The store that has them.</param>
    /// <param name="to">The store that gets them.</param>
    /// <param name="dataFolder">The data folder whose keys the market has; agents' own go into it.</param>
    /// <returns>How many there are; null where the folder has no key that could open them.</returns>
    /// <exception cref="MarketKeysException">The keys are not those of the store.</exception>
    /// <exception cref="StoreException">A database cannot be used.</exception>
    public static int? Run(StoreAddress from, StoreAddress to, string dataFolder)
    {
        if (!from.IsPostgres && !File.Exists(Path.Combine(from.Folder, PrivateTable.FileName)))
        {
            return 0;
        }

        if (!File.Exists(Path.Combine(dataFolder, KeyFolder.Name, MarketKeys.DataKeyName)))
        {
            return null;
        }

        using var keys = MarketKeys.OpenOrCreate(dataFolder);
        using var source = Open(from, dataFolder, keys);
        using var target = Open(to, dataFolder, keys);
        var copied = 0;
        foreach (var (agent, hosting) in source.All())
        {
            if (source.Find(agent, hosting) is { } content)
            {
                target.Put(agent, hosting, content);
                copied++;
            }
        }

        return copied;
    }

    private static IPrivateTable Open(StoreAddress address, string dataFolder, MarketKeys keys) => address.IsPostgres
        ? PostgresPrivateTable.Open(address, dataFolder, keys)
        : PrivateTable.Open(address.Folder, keys);
}
