using Market.Domain.Settling;

namespace Market.Domain.Tests.Settling;

/// <summary>Linked legs: in order, all or none, and within the limits.</summary>
public sealed class TransferTests
{
    private static readonly AccountName CarolFunds = AccountName.Funds(Some.Carol, Currency.Usd);

    [Fact]
    public void A_later_leg_can_spend_what_an_earlier_one_brought()
    {
        var book = Book.WithAliceAndBob();
        book.Does(Moves(Some.Leg(Some.AliceFunds, Some.BobFunds, 20_000), Some.Leg(Some.BobFunds, CarolFunds, 20_000)));
        Assert.Equal(new AccountBalance(20_000, 20_000), book[CarolFunds]);
        Assert.Equal(new AccountBalance(0, 0), book[Some.BobFunds]);
    }

    [Fact]
    public void An_earlier_leg_cannot_spend_what_a_later_one_brings() => _ = Book.WithAliceAndBob().Refuses(
        Moves(Some.Leg(Some.BobFunds, CarolFunds, 1), Some.Leg(Some.AliceFunds, Some.BobFunds, 1)),
        LedgerRefusal.AvailableExceeded);

    [Fact]
    public void Legs_out_of_one_account_are_added_up()
    {
        var book = Book.WithAliceAndBob();
        var half = Some.Leg(Some.AliceFunds, Some.BobFunds, 10_000);
        _ = book.Refuses(Moves(half, half, half with { Amount = 1 }), LedgerRefusal.AvailableExceeded);
        book.Does(Moves(half, half));
    }

    [Theory]
    [InlineData(LedgerLimits.LegsMax - 1, true)]
    [InlineData(LedgerLimits.LegsMax, true)]
    [InlineData(LedgerLimits.LegsMax + 1, false)]
    public void A_transfer_has_at_most_so_many_legs(int legs, bool isDone)
    {
        var command = Moves([.. Enumerable.Repeat(Some.Leg(Some.AliceFunds, Some.BobFunds, 1), legs)]);
        Assert.Equal(isDone, Book.WithAliceAndBob().Tell(command).Event is not null);
    }

    [Theory]
    [InlineData(MarketLimits.AmountMax - 1, true)]
    [InlineData(MarketLimits.AmountMax, true)]
    [InlineData(MarketLimits.AmountMax + 1, false)]
    [InlineData(long.MaxValue, false)]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(long.MinValue, false)]
    public void An_amount_is_from_one_to_the_limit(long amount, bool isDone)
    {
        var decision = new Book().Tell(new Deposit(Some.CommandId(1), Some.Alice, Some.Usd(amount)));
        Assert.Equal(isDone, decision.Event is not null);
    }

    [Fact]
    public void A_currency_that_no_one_could_have_made_opens_no_account() => _ = new Book().Refuses(
        new Deposit(Some.CommandId(1), Some.Alice, new Money(1, default)), LedgerRefusal.AccountDoesNotHoldAsset);

    [Fact]
    public void An_account_opened_twice_in_one_entry_is_opened_once()
    {
        var book = Book.WithAliceAndBob();
        var leg = Some.Leg(Some.AliceFunds, Some.BobFunds, 1);
        book.Does(Moves(leg, leg));
        Assert.Single(((TransfersPosted)book.Journal[^1]).Opened);
    }

    private static Transfer Moves(params Leg[] legs) => new(Some.CommandId(50), legs.ToValueArray());
}
