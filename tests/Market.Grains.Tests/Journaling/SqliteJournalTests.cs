using Market.Grains.Journaling;

namespace Market.Grains.Tests.Journaling;

public sealed class SqliteJournalTests : JournalConformance, IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override Task<IJournal> OpenJournalAsync() => _folder.OpenAsync();
}

public sealed class SqliteJournalInterleavingTests : JournalInterleavingConformance, IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override Task<IJournal> OpenJournalAsync() => _folder.OpenAsync();
}
