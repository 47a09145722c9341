using Market.Grains.Journaling;

namespace Market.Grains.Tests.Journaling;

/// <summary>The journal's contract, kept by PostgreSQL.</summary>
public sealed class PostgresJournalTests : JournalConformance, IDisposable
{
    private readonly PostgresStore _store = new();

    public void Dispose() => _store.Dispose();

    protected override Task<IJournal> OpenJournalAsync() => _store.OpenAsync();
}

public sealed class PostgresJournalInterleavingTests : JournalInterleavingConformance, IDisposable
{
    private readonly PostgresStore _store = new();

    public void Dispose() => _store.Dispose();

    protected override Task<IJournal> OpenJournalAsync() => _store.OpenAsync();
}
