using Market.Domain;
using Market.Domain.Auditing;
using Market.Domain.Settling;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Testing.Hosting;

/// <summary>A book as its journal alone tells it: every entry, and the state folded from them.</summary>
/// <param name="Rows">The rows of the ledger's stream, in order.</param>
/// <param name="Entries">The entries in them; entry n is at place n − 1.</param>
/// <param name="State">The state after the last entry.</param>
/// <param name="ChainHead">The last row's hash; of an empty book the genesis.</param>
public sealed record LedgerReplay(
    IReadOnlyList<JournalRow> Rows, IReadOnlyList<LedgerEvent> Entries, LedgerState State, Hash256 ChainHead)
{
    private const int RowsAtOnce = 4_096;

    /// <summary>Reads and folds a market's book, checking place, writer and chain of every row on the way.</summary>
    /// <exception cref="InvalidDataException">A row does not follow the one before (INV-14, INV-17).</exception>
    public static async Task<LedgerReplay> ReadAsync(IJournal journal, MarketId market)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var rows = await ReadRowsAsync(journal, GrainId.Ledger).ConfigureAwait(false);
        var codec = new WireEventCodec();
        var state = new LedgerState();
        var entries = new List<LedgerEvent>(rows.Count);
        var (head, writer) = (EntryHash.Genesis(market), 0L);
        foreach (var row in rows)
        {
            var hash = RowHash.Of(
                head, row.Stream, row.Version, row.Writer, writer, row.DueAt, row.Audience, row.Body.Span);
            if (row.Version != entries.Count + 1 || row.PreviousWriter != writer || row.Hash != hash)
            {
                throw new InvalidDataException($"Row {row.Version} of the ledger does not follow row {entries.Count}.");
            }

            var entry = (LedgerEvent)codec.Decode(row.Body.Span);
            state.Apply(entry);
            entries.Add(entry);
            (head, writer) = (row.Hash, row.Writer);
        }

        return new LedgerReplay(rows, entries, state, head);
    }

    internal static async Task<IReadOnlyList<JournalRow>> ReadRowsAsync(IJournal journal, GrainId grain)
    {
        var stream = (await journal.OpenAsync(grain).ConfigureAwait(false)).Number;
        var rows = new List<JournalRow>();
        while (true)
        {
            var next = await journal.ReadStreamAsync(stream, rows.Count, RowsAtOnce).ConfigureAwait(false);
            if (next.Count == 0)
            {
                return rows;
            }

            rows.AddRange(next);
        }
    }
}
