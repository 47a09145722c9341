using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>
/// The catalogue in an SQLite file of its own, or in memory. What is wrong with its file never matters: it is made
/// again.
/// </summary>
/// <param name="journal">The journal that it follows.</param>
/// <param name="options">Where it is; null for memory.</param>
public sealed class SqliteCatalog(IJournal journal, SqliteCatalogOptions? options = null)
    : FollowingCatalog(journal, options ?? new SqliteCatalogOptions())
{
    /// <summary>Name of its file in the data folder.</summary>
    public const string FileName = "catalog.db";

    private readonly string? _folder = options?.DataFolder;

    private protected override ValueTask<ICatalogStore> OpenAsync(bool isFresh, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ICatalogStore>(SqliteCatalogStore.Open(_folder, isFresh));
}
