using Market.Domain.Auditing;
using Market.Domain.Mandates;
using Market.Domain.Settling;
using Market.Testing;

namespace Market.Domain.Tests.Settling;

/// <summary>What holds after every step of any script of commands.</summary>
public sealed class LedgerPropertyTests
{
    [Property(MaxTest = 100, Arbitraries = typeof(MarketArbitraries))]
    public void The_ledger_does_what_the_obvious_one_does_and_keeps_every_invariant(LedgerScript script) =>
        LedgerModel.Run(script);

    [Property(MaxTest = 60, Arbitraries = typeof(MarketArbitraries))]
    public void Replay_and_a_saved_state_with_its_tail_are_the_live_state(LedgerScript script, byte cut)
    {
        var book = new LedgerBook().Run(script);
        var live = StateHash.Of(book.State);
        Assert.Equal(live, StateHash.Of(LedgerBook.Replay(book.Journal)));

        var at = book.Journal.Count * cut / byte.MaxValue;
        var saved = LedgerSnapshot.Save(LedgerBook.Replay(book.Journal.Take(at)));
        Assert.Equal(live, StateHash.Of(Book.Replay(book.Journal.Skip(at), LedgerSnapshot.Load(saved))));
    }

    [Property(MaxTest = 60, Arbitraries = typeof(MarketArbitraries))]
    public void A_book_that_remembers_eight_ids_decides_as_one_that_remembers_all(LedgerScript script)
    {
        var (all, eight) = (new LedgerBook(), new LedgerBook(entriesMax: 8));
        foreach (var step in script)
        {
            all.Wait(step.Wait);
            eight.Wait(step.Wait);
            if (step.Command is { } command)
            {
                Assert.Equal(all.Tell(command), eight.Tell(command));
            }
        }

        Assert.Equal(StateHash.Of(all.State), StateHash.Of(eight.State));
    }

    /// <summary>
    /// Any subset, also much later: a message that is told again changes nothing (INV-8). Not the clock's and the
    /// publisher's own: they ask for what is due by then.
    /// </summary>
    [Property(MaxTest = 100, Arbitraries = typeof(MarketArbitraries))]
    public void Any_subset_of_the_commands_told_again_makes_the_same_journal(LedgerScript script, int seed)
    {
        var lots = new Random(seed);
        var (once, again) = (new LedgerBook(), new LedgerBook());
        var done = new List<LedgerCommand>();
        foreach (var step in script)
        {
            once.Wait(step.Wait);
            again.Wait(step.Wait);
            if (step.Command is not { } command)
            {
                continue;
            }

            var told = once.Tell(command);
            Assert.Equal(LedgerVerdict.Of(told), LedgerVerdict.Of(again.Tell(command)));
            if (told.Event is not null && command is not (ExpireHolds or ExportCheckpoint))
            {
                done.Add(command);
            }

            for (var times = lots.Next(3); times > 0 && done.Count > 0; times--)
            {
                Assert.Null(again.Tell(done[lots.Next(done.Count)]).Event);
            }
        }

        Assert.Equal(once.Journal, again.Journal);
        Assert.Equal(StateHash.Of(once.State), StateHash.Of(again.State));
    }

    /// <summary>
    /// Commands of principals that share no account: whichever order they come in, the book adds up to the same.
    /// </summary>
    [Property(MaxTest = 100, Arbitraries = typeof(MarketArbitraries))]
    public void Independent_commands_in_another_order_give_the_same_balances(LedgerScript script, int seed)
    {
        var lanes = Lanes.Of(script);
        var (oneByOne, shuffled) = (new LedgerBook(), new LedgerBook());
        foreach (var command in lanes.InTurn())
        {
            _ = oneByOne.Tell(command);
        }

        foreach (var command in lanes.Shuffled(new Random(seed)))
        {
            _ = shuffled.Tell(command);
        }

        var (left, right) = (TrialBalance.Of(oneByOne.State), TrialBalance.Of(shuffled.State));
        Assert.Equal(left.Assets.ToHashSet(), right.Assets.ToHashSet());
        Assert.Equal((left.AccountCount, left.AssetCount, true), (right.AccountCount, right.AssetCount, right.IsZero));
        Assert.Equal(Lanes.BalancesOf(oneByOne.State), Lanes.BalancesOf(shuffled.State));
    }

    [Fact]
    public void Scripts_reach_every_kind_of_entry_and_every_refusal_that_a_short_book_can_meet()
    {
        var entries = new HashSet<Type>();
        var tally = new LedgerTally();
        for (var seed = 0; seed < 150; seed++)
        {
            var run = LedgerModel.Run(LedgerScript.Random(seed, length: 200));
            entries.UnionWith(run.Book.Journal.Select(entry => entry.GetType()));
            tally.Add(run.Tally);
        }

        // A mandate's deals run out once in hundreds of scripts, and its revisions only after hundreds of its own.
        tally.Add(LedgerModel.Run(TwoDealsUnderAMandateForOne()).Tally);
        tally.Add(LedgerModel.Run(SuspendedAndResumedFor(revisions: 256)).Tally);

        var kinds = typeof(LedgerEvent).Assembly.GetTypes().Where(type => type.BaseType == typeof(LedgerEvent));
        Assert.Empty(kinds.Except(entries).Select(kind => kind.Name));

        // Only after thousands of commands: a lifetime sum passes 64 bits, an asset has too many accounts to close, or a
        // principal too many holds.
        LedgerRefusal[] beyond =
            [LedgerRefusal.WouldOverflow, LedgerRefusal.SubjectTooLarge, LedgerRefusal.TooManyHolds];
        Assert.Empty(Enum.GetValues<LedgerRefusal>().Except(tally.Refusals).Except(beyond));
    }

    private static LedgerScript TwoDealsUnderAMandateForOne()
    {
        var (buyer, seller, price) = (TestIds.Principal(1), TestIds.Principal(2), new Money(100, Currency.Usd));
        var mandate = new Mandate(
            TestIds.Mandate(1), buyer, TestIds.Agent(11), Currency.Usd, 1_000, 1_000, TestIds.Start,
            TestIds.Start + TimeSpan.FromDays(1), DealsMax: 1);
        Settle Deal(int number) => new(
            TestIds.Deal(number), TestIds.Negotiation(number), TestIds.Hash(number),
            new DealParty(TestIds.Agent(11), buyer, mandate.Id), new DealParty(TestIds.Agent(12), seller, null), price,
            DealLegs.Build(buyer, seller, price, 100, TestIds.Listing(1), 1, null));
        return
        [
            new Deposit(TestIds.Command(1), buyer, new Money(1_000, Currency.Usd)),
            new MintUnits(TestIds.Command(2), TestIds.Listing(1), seller, 5),
            new GrantMandate(mandate),
            Deal(1),
            Deal(2),
        ];
    }

    private static LedgerScript SuspendedAndResumedFor(int revisions)
    {
        var mandate = new Mandate(
            TestIds.Mandate(1), TestIds.Principal(1), TestIds.Agent(11), Currency.Usd, 1, 1, TestIds.Start,
            TestIds.Start + TimeSpan.FromDays(1));
        var changes = Enumerable.Range(1, revisions).Select<int, LedgerStep>(revision => revision % 2 == 1
            ? new SuspendMandate(mandate.Id, mandate.Principal, revision)
            : new ResumeMandate(mandate.Id, mandate.Principal, revision));
        return [new GrantMandate(mandate), .. changes, new RevokeMandate(mandate.Id, mandate.Principal)];
    }
}
