using Market.Grains.Journaling;
using Market.Grains.Tests.Journaling;

namespace Market.Grains.Tests.Hosting;

/// <summary>The same with every message passed as bytes.</summary>
public sealed class EmbeddedClusterAsBytesTests : EmbeddedClusterConformanceTests
{
    protected override bool MessagesAsBytes => true;
}

/// <summary>The same over a database file.</summary>
public sealed class EmbeddedClusterOverSqliteTests : EmbeddedClusterConformanceTests, IDisposable
{
    private readonly TestFolder _folder = new();

    protected override int AsksEach => 100;

    public void Dispose() => _folder.Dispose();

    protected override async ValueTask<IJournal> OpenJournalAsync() =>
        await SqliteJournal.OpenAsync(new SqliteJournalOptions { DataFolder = _folder.Path });
}
