using Market.Grains.Journaling;
using Market.Silo.Commands.Audit;

namespace Market.Chaos.Killing;

/// <summary>
/// Where a test's market keeps its data: a folder, and the address of a database if that has the store.
/// </summary>
/// <param name="Folder">The data folder.</param>
/// <param name="Store">The database, `postgres://…`; null where the folder has the store.</param>
internal sealed record StorePlace(string Folder, string? Store = null)
{
    /// <summary>The same for the audit.</summary>
    public AuditPlace Audited => new(Folder, Store is null ? null : StoreAddress.Parse(Store).ConnectionString);

    public static implicit operator StorePlace(string folder) => new(folder);

    /// <summary>Opens the journal, while no server has it open.</summary>
    public async Task<IJournal> OpenJournalAsync() => Store is null
        ? await SqliteJournal.OpenAsync(new SqliteJournalOptions { DataFolder = Folder })
        : await PostgresJournal.OpenAsync(new PostgresJournalOptions { Address = StoreAddress.Parse(Store) });
}
