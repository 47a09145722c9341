using Market.Grains.Journaling;

namespace Market.Silo.Commands.Demo;

/// <summary>Where a demonstration keeps its market.</summary>
/// <param name="Folder">A new or an empty folder for data and keys; null for a temporary one.</param>
/// <param name="Store">An empty database for the store; null where the folder has it.</param>
internal sealed record DemoPlace(string? Folder, StoreAddress? Store)
{
    /// <summary>Why no market can be made there; null where one can. Nothing is made.</summary>
    /// <exception cref="StoreUnreachableException">The database cannot be reached.</exception>
    public async Task<string?> WhyNotAsync(CancellationToken cancellationToken)
    {
        if (Folder is not null
            && (File.Exists(Folder)
                || (Directory.Exists(Folder) && Directory.EnumerateFileSystemEntries(Folder).Any())))
        {
            return $"--data: '{Folder}' is not empty; name a new or an empty folder.";
        }

        return Store is not null && await PostgresMarket.HasMarketAsync(Store, cancellationToken).ConfigureAwait(false)
            ? $"The database '{Store}' has a market already; name an empty one by --store. Without that, and without "
                + $"{StoreArguments.Variable}, the demo keeps its market in a folder."
            : null;
    }
}
