using Market.Domain;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Subjects;
using Market.Grains.Tests.Journaling;
using Market.Testing;

namespace Market.Grains.Tests.Subjects;

/// <summary>What the watch says is left of stocks and needs is what the ledger itself says, for random books.</summary>
public sealed class RemainsProperties
{
    private const int Scripts = 120;
    private const int Length = 150;

    private readonly Sometimes _sometimes = new(
        "something sold out", "a deal held", "a hold posted", "holds expired", "a deal reversed", "something closed");

    [Fact]
    public async Task It_is_what_is_available_in_the_book_whatever_was_done_in_it()
    {
        for (var seed = 1; seed <= Scripts; seed++)
        {
            var book = new LedgerBook().Run(LedgerScript.Random(seed, Length));
            await using var watch = await WatchAsync(book.Journal);
            foreach (var (subject, available) in AvailableIn(book))
            {
                Assert.True(
                    available == (watch.AvailableOf(subject) ?? 0),
                    $"Seed {seed}: {subject} has {available}, and the watch says {watch.AvailableOf(subject)}.");
                _sometimes.Reached("something sold out", available == 0);
            }

            _sometimes.Reached(
                "a deal held", book.Journal.Any(e => e is DealBooked { Mode: SettlementMode.OnDelivery }));
            _sometimes.Reached("a hold posted", book.Journal.Any(e => e is HoldPosted));
            _sometimes.Reached("holds expired", book.Journal.Any(e => e is HoldsExpired));
            _sometimes.Reached("a deal reversed", book.Journal.Any(e => e is DealReversed));
            _sometimes.Reached("something closed", book.Journal.Any(e => e is AccountsEvicted));
        }

        _sometimes.RequireAll();
    }

    [Fact]
    public async Task What_it_saved_goes_on_as_if_it_had_never_stopped()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var book = new LedgerBook().Run(LedgerScript.Random(seed, Length));
            await using var journal = new MemoryJournal();
            var writer = new EntryWriter(journal);
            var half = book.Journal.Count / 2;
            await writer.AppendAsync(book.Journal.Take(half));
            await using (var first = new SubjectWatch(journal))
            {
                await first.StartAsync();
            }

            await writer.AppendAsync(book.Journal.Skip(half));
            await using var second = new SubjectWatch(journal);
            await second.StartAsync();
            Assert.All(AvailableIn(book), pair =>
                Assert.Equal(pair.Available, second.AvailableOf(pair.Subject) ?? 0));
        }
    }

    private static async Task<SubjectWatch> WatchAsync(IReadOnlyList<LedgerEvent> entries)
    {
        var journal = new MemoryJournal();
        await new EntryWriter(journal).AppendAsync(entries);
        var watch = new SubjectWatch(journal);
        await watch.StartAsync();
        return watch;
    }

    /// <summary>Every stock and need that the book has now.</summary>
    private static List<(Asset Subject, long Available)> AvailableIn(LedgerBook book)
    {
        var names = book.Journal.SelectMany(static entry => entry switch
        {
            TransfersPosted e => e.Opened,
            AccountsOpened e => e.Opened,
            TransferHeld e => e.Opened,
            DealBooked e => e.Opened,
            _ => [],
        }).Select(static opened => opened.Name)
            .Where(static name => name.Kind is AccountKind.Stock or AccountKind.Need);
        return
        [
            .. names.Distinct().GroupBy(static name => name.Asset).Select(group => (
                group.Key, group.Sum(name => LedgerQueries.GetBalance(book.State, name).Available))),
        ];
    }

    /// <summary>Writes entries as a ledger grain does, to one stream in versions 1, 2, 3.</summary>
    private sealed class EntryWriter(MemoryJournal journal)
    {
        private long _version;

        public async Task AppendAsync(IEnumerable<LedgerEvent> entries)
        {
            var head = await journal.OpenAsync(GrainId.Ledger);
            var appends = new List<TestAppend>();
            foreach (var entry in entries)
            {
                var body = WireCatalog.EncodeTagged(entry);
                var previous = _version == 0 ? 0 : 7;
                var hash = RowHash.Of(Hash256.Zero, head.Number, ++_version, 7, previous, null, default, body);
                var append = new TestAppend(
                    GrainId.Ledger, new JournalRow(0, head.Number, _version, 7, previous, null, default, body, hash));
                journal.Append(append);
                appends.Add(append);
            }

            foreach (var append in appends)
            {
                Assert.Equal(AppendOutcome.Appended, await append.Outcome);
            }
        }
    }
}
