using Market.Domain.Auditing;
using Market.Domain.Settling;

namespace Market.Domain.Tests.Settling;

/// <summary>A book with its journal and its clock, as a grain would keep them.</summary>
/// <param name="entriesMax">How many ids it remembers without its journal.</param>
internal sealed class Book(int entriesMax = LedgerLimits.EntriesMax)
{
    private LedgerTime _clock = Some.Start;

    public LedgerState State { get; private set; } = new(entriesMax);

    public List<LedgerEvent> Journal { get; } = [];

    /// <summary>The moment that the next entry will carry.</summary>
    public LedgerTime Now => LedgerTime.After(State.LastTime, _clock);

    /// <summary>Alice with 200.00, Bob with five units, a request for one.</summary>
    public static Book WithAliceAndBob(
        long funds = 20_000, long stock = 5, long need = 1, int entriesMax = LedgerLimits.EntriesMax)
    {
        var book = new Book(entriesMax);
        book.Does(new Deposit(Some.CommandId(1), Some.Alice, Some.Usd(funds)));
        book.Does(new MintUnits(Some.CommandId(2), Some.Listing, Some.Bob, stock));
        book.Does(new MintNeed(Some.CommandId(3), Some.Request, Some.Alice, need));
        return book;
    }

    public void Waits(TimeSpan span) => _clock = Now + span;

    /// <summary>How often a decision asked for old entries.</summary>
    public int Recalls { get; private set; }

    public LedgerDecision Decide(LedgerCommand command) => LedgerRules.DecideRecalling(State, command, Now, Read);

    public DealStanding? StandingOf(DealId deal)
    {
        var standing = LedgerQueries.GetDeal(State, deal);
        while (standing is { Recalls.Count: > 0 })
        {
            standing = LedgerQueries.GetDeal(
                State, deal, [.. standing.Recalls.Select(entry => new RecalledEntry(entry, Read(entry)))]);
        }

        return standing;
    }

    /// <summary>Decides, appends and applies.</summary>
    public LedgerDecision Tell(LedgerCommand command)
    {
        var decision = Decide(command);
        if (decision.Event is { } @event)
        {
            var deadline = State.NextDeadlineAfter(@event);
            State.Apply(@event);
            Journal.Add(@event);
            Assert.Equal(State.NextDeadline, deadline);
        }

        return decision;
    }

    /// <summary>Tells a command that must do something now.</summary>
    public EntryNumber Does(LedgerCommand command)
    {
        var decision = Tell(command);
        Assert.Null(decision.Refused);
        Assert.NotNull(decision.Event);
        return State.LastEntry;
    }

    /// <summary>Tells a command that must be refused, and changes nothing but, for a deal, its refusal.</summary>
    public LedgerRefused Refuses(LedgerCommand command, LedgerRefusal reason)
    {
        var before = TrialBalance.Of(State);
        var decision = Tell(command);
        Assert.NotNull(decision.Refused);
        Assert.Equal(reason, decision.Refused.Reason);
        Assert.True(decision.Event is null or DealRefused or RefundClaimed or ReturnRefused);
        Assert.Equal(before with { AsOf = State.LastEntry }, TrialBalance.Of(State));
        return decision.Refused;
    }

    public AccountBalance this[AccountName name]
    {
        get
        {
            var balance = LedgerQueries.GetBalance(State, name);
            return new AccountBalance(balance.Posted, balance.Available, balance.PendingOut, balance.PendingIn);
        }
    }

    /// <summary>What a fresh state makes of the journal, from a saved state on if there is one.</summary>
    public static LedgerState Replay(IEnumerable<LedgerEvent> journal, LedgerState? from = null)
    {
        var state = from ?? new LedgerState();
        foreach (var @event in journal)
        {
            state.Apply(@event);
        }

        return state;
    }

    /// <summary>Stops, and starts again from a saved state.</summary>
    public void Restart() => State = LedgerSnapshot.Load(LedgerSnapshot.Save(State), entriesMax);

    private LedgerEvent Read(EntryNumber entry)
    {
        Recalls++;
        return Journal[(int)entry.Value - 1];
    }
}

/// <summary>One account in numbers.</summary>
internal readonly record struct AccountBalance(long Posted, long Available, long PendingOut = 0, long PendingIn = 0);
