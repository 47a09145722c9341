using Market.Grains.Journaling;
using Market.Grains.Tests.Engines;

namespace Market.Grains.Tests.Journaling;

/// <summary>A journal that counts the rows that are read from it.</summary>
internal sealed class CountingJournal(IJournal inner) : JournalDecorator(inner)
{
    private long _rowsRead;

    public long RowsRead => Interlocked.Read(ref _rowsRead);

    public override async ValueTask<IReadOnlyList<JournalRow>> ReadForwardAsync(
        long afterPosition, int max, CancellationToken cancellationToken = default)
    {
        var rows = await base.ReadForwardAsync(afterPosition, max, cancellationToken);
        Interlocked.Add(ref _rowsRead, rows.Count);
        return rows;
    }
}
