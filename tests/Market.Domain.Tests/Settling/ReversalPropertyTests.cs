using Market.Domain.Auditing;
using Market.Domain.Settling;

namespace Market.Domain.Tests.Settling;

/// <summary>What holds after every step of any script of commands.</summary>
public sealed class ReversalPropertyTests
{
    [Property(MaxTest = 150, EndSize = 150, Arbitraries = typeof(ReversalScripts))]
    public void The_fast_ledger_does_what_the_obvious_one_does(ReversalScript script)
    {
        var book = new Book();
        var model = new ReversalModel();
        foreach (var (command, now) in Play(script, book))
        {
            var next = book.State.NextEntry;
            var isDone = book.Tell(command).Event is not (null or DealRefused or RefundClaimed);
            Assert.Equal(model.Tell(command, now, next), isDone);
            AssertSameBalances(book.State, model);
        }
    }

    [Property(MaxTest = 150, EndSize = 200, Arbitraries = typeof(ReversalScripts))]
    public void Every_entry_keeps_the_invariants(ReversalScript script)
    {
        var book = new Book();
        var entries = 0;
        foreach (var (command, _) in Play(script, book))
        {
            _ = book.Tell(command);
            if (book.Journal.Count > entries)
            {
                ReversalInvariants.AssertEntry(book.State, book.Journal[^1]);
                ReversalInvariants.AssertBook(book.State, book.Journal);
                entries = book.Journal.Count;
            }
        }
    }

    [Property(MaxTest = 100, EndSize = 200, Arbitraries = typeof(ReversalScripts))]
    public void Replay_and_a_saved_state_with_its_tail_are_the_live_state(ReversalScript script, byte cut)
    {
        var book = new Book();
        foreach (var (command, _) in Play(script, book))
        {
            _ = book.Tell(command);
        }

        var live = StateHash.Of(book.State);
        Assert.Equal(live, StateHash.Of(Book.Replay(book.Journal)));

        var at = book.Journal.Count * cut / byte.MaxValue;
        var saved = LedgerSnapshot.Save(Book.Replay(book.Journal.Take(at)));
        Assert.Equal(live, StateHash.Of(Book.Replay(book.Journal.Skip(at), LedgerSnapshot.Load(saved))));
    }

    [Property(MaxTest = 100, EndSize = 200, Arbitraries = typeof(ReversalScripts))]
    public void A_book_that_remembers_eight_ids_decides_as_one_that_remembers_all(ReversalScript script)
    {
        var (all, eight) = (new Book(), new Book(entriesMax: 8));
        foreach (var (command, _) in Play(script, all, eight))
        {
            var decision = all.Tell(command);
            Assert.Equal(decision, eight.Tell(command));
        }

        Assert.Equal(StateHash.Of(all.State), StateHash.Of(eight.State));
        eight.Restart();
        foreach (var (command, _) in Play(script, all, eight))
        {
            Assert.Equal(all.Decide(command), eight.Decide(command));
        }
    }

    [Property(MaxTest = 100, EndSize = 150, Arbitraries = typeof(ReversalScripts))]
    public void Commands_told_twice_make_the_same_journal(ReversalScript script)
    {
        var (once, twice) = (new Book(), new Book());
        foreach (var (command, _) in Play(script, once, twice))
        {
            _ = once.Tell(command);
            _ = twice.Tell(command);
            if (command is not ExpireHolds)
            {
                Assert.Null(twice.Tell(command).Event);
            }
        }

        Assert.Equal(once.Journal.Count, twice.Journal.Count);
        Assert.Equal(StateHash.Of(once.State), StateHash.Of(twice.State));
    }

    [Fact]
    public void Scripts_reach_every_kind_of_entry_and_most_refusals()
    {
        var entries = new HashSet<Type>();
        var refusals = new HashSet<LedgerRefusal>();
        for (var seed = 0; seed < 60; seed++)
        {
            var book = new Book();
            foreach (var (command, _) in Play(ReversalScript.Of(seed, length: 300), book))
            {
                var decision = book.Tell(command);
                _ = decision.Event is { } @event && entries.Add(@event.GetType());
                _ = decision.Refused is { } refused && refusals.Add(refused.Reason);
            }
        }

        var kinds = typeof(LedgerEvent).Assembly.GetTypes().Where(type => type.BaseType == typeof(LedgerEvent));
        Assert.Empty(kinds.Except(entries));
        LedgerRefusal[] wanted =
        [
            LedgerRefusal.CommandIdUsedWithDifferentPayload, LedgerRefusal.AvailableExceeded,
            LedgerRefusal.DealExistsWithDifferentTerms, LedgerRefusal.BuyerFundsExceeded,
            LedgerRefusal.StockExceeded, LedgerRefusal.NeedAlreadyFilled, LedgerRefusal.MandateRevoked,
            LedgerRefusal.MandatePerDealMaxExceeded, LedgerRefusal.MandateWouldBeExceeded,
            LedgerRefusal.HoldExpired, LedgerRefusal.DeliveryDeadlinePassed,
            LedgerRefusal.ReversalExceedsLeg, LedgerRefusal.SellerCannotRefund,
        ];
        Assert.Empty(wanted.Except(refusals));
    }

    /// <summary>The commands of a script with their moments, while books' clocks go on as the script says.</summary>
    private static IEnumerable<(LedgerCommand Command, LedgerTime Now)> Play(ReversalScript script, params Book[] books)
    {
        foreach (var step in script.Steps.AsEnumerable())
        {
            if (ReversalScript.ToCommand(step, books[0].Now, TargetsOf(books[0])) is { } command)
            {
                yield return (command, books[0].Now);
                continue;
            }

            foreach (var book in books)
            {
                book.Waits(TimeSpan.FromMinutes(step.Amount));
            }
        }
    }

    private static ReversalTargets TargetsOf(Book book)
    {
        var deal = book.Journal.OfType<DealBooked>().LastOrDefault();
        var funds = AccountName.Funds(deal?.Seller.Principal ?? new PrincipalNumber(1), Currency.Usd);
        var claim = book.Journal.FindLastIndex(entry => entry is RefundClaimed) + 1;
        return new ReversalTargets(new EntryNumber(claim), deal, book[funds].Available);
    }

    private static void AssertSameBalances(LedgerState state, ReversalModel model)
    {
        var balances = model.Balances();
        for (var i = 0; i < state.AccountCount; i++)
        {
            if (LedgerQueries.GetAccount(state, new AccountNumber(i)) is not { } name)
            {
                continue;
            }

            var fast = LedgerQueries.GetBalance(state, name);
            _ = balances.Remove(name, out var naive);
            Assert.Equal(new Balance(name, naive.Posted, naive.Posted - naive.Out, naive.Out, naive.In), fast);
        }

        Assert.Empty(balances);
        for (var i = 0; i < 4; i++)
        {
            var mandate = new MandateId(Some.Id(300 + i));
            Assert.Equal(model.UsageOf(mandate), LedgerQueries.GetMandate(state, mandate)?.Usage ?? default);
        }
    }
}
