using Market.Domain;
using Market.Domain.Settling;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Tests.Engines;
using Market.Grains.Tests.Journaling;

namespace Market.Grains.Tests.Grains;

/// <summary>
/// A book that remembers eight ids and reads the journal for the older ones answers as if it remembered all (INV-8):
/// to the gateway and to grains, also for rows that are not durable yet, and after a restart from a snapshot.
/// </summary>
public sealed class LedgerRecallTests : IDisposable
{
    private const int Old = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly MarketId Market = new(new Guid(7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7));

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_old_command_told_again_is_answered_from_the_journal(bool sqlite)
    {
        await using var journal = await OpenAsync(sqlite);
        await using var cluster = Start(journal);
        for (var i = 1; i <= Old; i++)
        {
            Assert.Equal(new LedgerDone(new EntryNumber(i)), await Ask(cluster, Deposit(i)));
        }

        for (var i = 1; i <= Old; i++)
        {
            Assert.Equal(new LedgerDone(new EntryNumber(i)), await Ask(cluster, Deposit(i)));
            var refused = (LedgerRefused)await Ask(cluster, Deposit(i, cents: 2));
            Assert.Equal(
                (LedgerRefusal.CommandIdUsedWithDifferentPayload, LedgerField.Amount, new EntryNumber(i)),
                (refused.Reason, refused.Field, refused.Entry!.Value));
        }

        Assert.Equal(Old, journal.Head);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Old_ids_are_known_after_a_restart_from_a_snapshot(bool sqlite)
    {
        await using var journal = await OpenAsync(sqlite);
        await using (var cluster = Start(journal))
        {
            for (var i = 1; i <= Old; i++)
            {
                await Ask(cluster, Deposit(i));
            }

            Assert.True(await cluster.DrainAsync().WaitAsync(Patience));
        }

        var head = await journal.OpenAsync(GrainId.Ledger);
        Assert.Equal(Old, (await journal.LoadSnapshotAsync(head.Number))!.Version);
        await using var again = Start(journal);
        Assert.Equal(new LedgerDone(new EntryNumber(3)), await Ask(again, Deposit(3)));
        Assert.Equal(new LedgerDone(new EntryNumber(Old + 1)), await Ask(again, Deposit(Old + 1)));
    }

    [Fact]
    public async Task A_row_that_is_not_durable_yet_is_waited_for_and_other_messages_go_on()
    {
        await using var journal = new HeldJournal(new MemoryJournal());
        await using var cluster = Start(journal);
        await Ask(cluster, Deposit(1));
        journal.Hold();
        var asked = Enumerable.Range(2, 19).Select(i => Ask(cluster, Deposit(i))).ToList();
        var again = Ask(cluster, Deposit(2));
        var later = Ask(cluster, Deposit(100));
        Assert.False(again.IsCompleted);
        journal.Release();

        Assert.Equal(new LedgerDone(new EntryNumber(2)), await again);
        Assert.Equal(new LedgerDone(new EntryNumber(21)), await later);
        await Task.WhenAll(asked);
    }

    [Fact]
    public async Task A_grain_that_tells_an_old_command_again_is_told_the_same()
    {
        await using var journal = await OpenAsync(sqlite: true);
        await using var cluster = Start(journal);
        for (var i = 1; i <= Old; i++)
        {
            await Ask(cluster, Deposit(i));
        }

        var told = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        Listener.Told = told;
        cluster.Tell(GrainId.Ledger, new TellLedger(Listener.Id, Deposit(1)));

        Assert.Equal(new TellLedgerAnswer(Deposit(1).Id, 0), await told.Task.WaitAsync(Patience));
    }

    private async Task<IJournal> OpenAsync(bool sqlite) => sqlite ? await _folder.OpenAsync() : new MemoryJournal();

    private static EmbeddedCluster Start(IJournal journal) => new(
        journal,
        new WireEventCodec(),
        id => id == GrainId.Ledger ? new LedgerGrain(Market, entriesMax: 8) : new Listener(),
        static (_, _, _) => throw new NotSupportedException("Nobody subscribes."),
        new EmbeddedClusterOptions { SnapshotOnUnloadMin = 1, Creates = static _ => true });

    private static async Task<object> Ask(EmbeddedCluster cluster, object message) =>
        await cluster.AskAsync(GrainId.Ledger, message).AsTask().WaitAsync(Patience);

    private static Deposit Deposit(int id, long cents = 1) => new(
        new LedgerCommandId(Hash256.Of(BitConverter.GetBytes(id))),
        new PrincipalNumber(1),
        new Money(cents, Currency.Usd));

    /// <summary>Hears what the ledger tells it.</summary>
    private sealed class Listener : IGrain
    {
        public static readonly GrainId Id = new(GrainKind.Negotiation, new Guid(5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

        public static TaskCompletionSource<object>? Told { get; set; }

        public LedgerTime LastTime => default;

        public void Apply(object @event) => throw new InvalidOperationException("It has no events.");

        public GrainStep Receive(object message, LedgerTime now)
        {
            Told!.TrySetResult(message);
            return default;
        }
    }
}
