using Market.Domain.Settling;

namespace Market.Domain.Tests.Settling;

/// <summary>Reserve, resolve, release (INV-4), and the deadline that every hold has (INV-21).</summary>
public sealed class HoldTests
{
    private static readonly Leg Pay = Some.Leg(Some.AliceFunds, Some.BobFunds, 100);

    [Fact]
    public void A_hold_lowers_what_is_available_and_not_what_is_posted()
    {
        var book = Held();
        Assert.Equal(new AccountBalance(20_000, 19_900, PendingOut: 100), book[Some.AliceFunds]);
        Assert.Equal(new AccountBalance(0, 0, PendingIn: 100), book[Some.BobFunds]);
    }

    [Fact]
    public void Pending_credits_cannot_be_spent() => _ = Held().Refuses(
        new Withdraw(Some.CommandId(50), Some.Bob, Some.Usd(1)), LedgerRefusal.AvailableExceeded);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void So_many_holds_are_open_on_one_principals_money_and_another_once_one_has_ended(int max)
    {
        var book = Book.WithAliceAndBob();
        book.State.HoldsPerPrincipalMax = max;
        for (var i = 0; i < max; i++)
        {
            book.Does(Hold(20 + i));
        }

        var refused = book.Refuses(Hold(50), LedgerRefusal.TooManyHolds);
        Assert.Equal((max + 1, max), (refused.Asked, refused.Allowed));
        book.Refuses(Some.Settle(1, mode: SettlementMode.OnDelivery), LedgerRefusal.TooManyHolds);
        book.Does(new VoidHold(Some.CommandId(20)));
        book.Does(Some.Settle(2, mode: SettlementMode.OnDelivery));
        book.Refuses(Hold(51), LedgerRefusal.TooManyHolds);

        // What a saved state and the journal make of it is the same; a replay refuses nothing.
        Assert.Equal(max, Book.Replay(book.Journal).OpenHoldCount);
        book.Restart();
        book.State.HoldsPerPrincipalMax = max;
        book.Refuses(Hold(52), LedgerRefusal.TooManyHolds);

        static HoldTransfer Hold(int command) => new(Some.CommandId(command), Pay, Some.Friday);
    }

    [Fact]
    public void A_hold_posted_in_part_releases_the_rest()
    {
        var book = Held();
        book.Does(new PostHold(Some.CommandId(20), 60));
        Assert.Equal(new AccountBalance(19_940, 19_940), book[Some.AliceFunds]);
        Assert.Equal(new AccountBalance(60, 60), book[Some.BobFunds]);
        Assert.Equal(0, book.State.OpenHoldCount);
    }

    [Fact]
    public void What_is_due_expires_the_earliest_first_and_at_most_so_many_a_step()
    {
        var book = Held();
        var later = book.Does(new HoldTransfer(Some.CommandId(21), Pay, Some.Friday + TimeSpan.FromHours(2)));
        var sooner = book.Does(new HoldTransfer(Some.CommandId(22), Pay, Some.Friday + TimeSpan.FromHours(-2)));
        Assert.Equal(Some.Friday + TimeSpan.FromHours(-2), book.State.NextDeadline);

        book.Waits(TimeSpan.FromDays(10));
        book.Does(new ExpireHolds(2));
        Assert.Equal([sooner, new EntryNumber(4)], ((HoldsExpired)book.Journal[^1]).PlacedBy);
        book.Does(new ExpireHolds(2));
        Assert.Equal([later], ((HoldsExpired)book.Journal[^1]).PlacedBy);
        Assert.Null(book.State.NextDeadline);
        Assert.Equal(new AccountBalance(20_000, 20_000), book[Some.AliceFunds]);
    }

    [Fact]
    public void A_deal_on_delivery_expires_as_a_whole_and_gives_the_budget_back()
    {
        var book = Book.WithAliceAndBob();
        book.Does(new GrantMandate(Some.Mandate()));
        book.Does(Some.Settle(mode: SettlementMode.OnDelivery, buyerMandate: Some.MandateOne, request: Some.Request));
        book.Waits(TimeSpan.FromDays(4));
        book.Does(new ExpireHolds(1));

        Assert.Equal(DealStatus.Expired, LedgerQueries.GetDeal(book.State, Some.DealId(1))!.Status);
        Assert.Equal(new AccountBalance(20_000, 20_000), book[Some.AliceFunds]);
        Assert.Equal(new AccountBalance(1, 1), book[Some.AliceNeed]);
        Assert.Equal(default, LedgerQueries.GetMandate(book.State, Some.MandateOne)!.Usage);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void A_hold_can_be_posted_until_its_deadline_and_no_longer(int ticksAfterDeadline, bool isPosted)
    {
        var book = Held();
        var at = Some.Friday + TimeSpan.FromTicks(ticksAfterDeadline);
        var decision = LedgerRules.Decide(book.State, new PostHold(Some.CommandId(20), 100), at);
        Assert.Equal(isPosted, decision.Event is HoldPosted);
    }

    [Fact]
    public void A_deadline_may_be_as_far_as_the_limit_and_no_farther()
    {
        var book = Book.WithAliceAndBob();
        var last = new HoldTransfer(Some.CommandId(20), Pay, book.Now + LedgerLimits.HoldDurationMax);
        var beyond = last with { ExpiresAt = last.ExpiresAt + TimeSpan.FromTicks(1) };
        Assert.Equal(LedgerRefusal.DeadlineTooFar, book.Decide(beyond).Refused?.Reason);
        Assert.NotNull(book.Decide(last).Event);
    }

    private static Book Held()
    {
        var book = Book.WithAliceAndBob();
        book.Does(new HoldTransfer(Some.CommandId(20), Pay, Some.Friday));
        return book;
    }
}
