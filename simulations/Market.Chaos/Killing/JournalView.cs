using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Chaos.Killing;

/// <summary>One row of the journal with its event decoded.</summary>
/// <param name="Row">The row.</param>
/// <param name="Grain">Whose stream it is in.</param>
/// <param name="Event">The event.</param>
internal sealed record JournalEntry(JournalRow Row, GrainId Grain, object Event);

/// <summary>All rows of a store, read when no server has it open.</summary>
internal sealed class JournalView
{
    private const int RowsAtOnce = 10_000;

    private JournalView(IReadOnlyList<JournalEntry> entries) => Entries = entries;

    /// <summary>All rows, in commit order.</summary>
    public IReadOnlyList<JournalEntry> Entries { get; }

    /// <summary>Reads a store.</summary>
    public static async Task<JournalView> ReadAsync(StorePlace place)
    {
        WireCatalog.Register(typeof(JournalRow).Assembly);
        var entries = new List<JournalEntry>();
        var grains = new Dictionary<long, GrainId>();
        await using var journal = await place.OpenJournalAsync();
        IReadOnlyList<JournalRow> rows;
        do
        {
            rows = await journal.ReadForwardAsync(entries.Count, RowsAtOnce);
            foreach (var row in rows)
            {
                if (!grains.TryGetValue(row.Stream, out var grain))
                {
                    grain = await journal.FindStreamAsync(row.Stream)
                        ?? throw new InvalidOperationException($"Stream {row.Stream} has rows and no identity.");
                    grains[row.Stream] = grain;
                }

                entries.Add(new JournalEntry(row, grain, WireCatalog.DecodeTagged(row.Body.Span)));
            }
        }
        while (rows.Count > 0);
        return new JournalView(entries);
    }

    /// <summary>The events that an agent's user must have seen, in order.</summary>
    public IEnumerable<SeenEvent> SeenBy(AgentNumber agent)
    {
        foreach (var (row, _, @event) in Entries)
        {
            if (@event is NegotiationEvent fact && row.Audience.Includes(agent))
            {
                var party = row.Audience.First == agent ? Party.Buyer : Party.Seller;
                yield return new SeenEvent(fact.Negotiation, row.Version, NegotiationViews.SeenBy(fact, party));
            }
        }
    }

    /// <summary>The events of one negotiation, in order.</summary>
    public IEnumerable<NegotiationEvent> Of(NegotiationId negotiation) =>
        Entries.Where(e => e.Grain == GrainId.Of(negotiation)).Select(static e => (NegotiationEvent)e.Event);

    /// <summary>The book that the ledger's rows make.</summary>
    public LedgerState Book()
    {
        var book = new LedgerState();
        foreach (var entry in Entries.Where(static e => e.Grain == GrainId.Ledger))
        {
            book.Apply((LedgerEvent)entry.Event);
        }

        return book;
    }
}
