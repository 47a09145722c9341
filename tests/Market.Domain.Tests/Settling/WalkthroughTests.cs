using Market.Domain.Settling;

namespace Market.Domain.Tests.Settling;

/// <summary>One deal, entry by entry, with the numbers of the worked example in the project's documents.</summary>
public sealed class WalkthroughTests
{
    private static Settle Deal(SettlementMode mode) =>
        Some.Settle(buyerMandate: Some.MandateOne, request: Some.Request, mode: mode);

    private static Book Before()
    {
        var book = Book.WithAliceAndBob();
        book.Does(new GrantMandate(Some.Mandate()));
        return book;
    }

    [Fact]
    public void Before_the_deal_four_entries_stand_in_the_book()
    {
        var book = Before();
        Assert.Equal(4, book.State.LastEntry.Value);
        Assert.Equal(new AccountBalance(-20_000, -20_000), book[AccountName.World(Currency.Usd)]);
        Assert.Equal(new AccountBalance(20_000, 20_000), book[Some.AliceFunds]);
        Assert.Equal(new AccountBalance(5, 5), book[Some.BobStock]);
        Assert.Equal(new AccountBalance(1, 1), book[Some.AliceNeed]);
        Assert.True(TrialBalance.Of(book.State).IsZero);
    }

    [Fact]
    public void Entry_5_settles_the_deal_in_four_linked_transfers()
    {
        var book = Before();
        Assert.Equal(5, book.Does(Deal(SettlementMode.Immediate)).Value);

        var entry = Assert.IsType<DealBooked>(book.Journal[^1]);
        Assert.Equal([8_316, 84, 1, 1], entry.Postings.Select(posting => posting.Amount));
        Assert.Equal(
            [Some.BobFunds, Some.FeesUsd, Some.AliceOwned, Some.Filled], entry.Opened.Select(opened => opened.Name));
        Assert.Equal(new AccountBalance(11_600, 11_600), book[Some.AliceFunds]);
        Assert.Equal(new AccountBalance(8_316, 8_316), book[Some.BobFunds]);
        Assert.Equal(new AccountBalance(84, 84), book[Some.FeesUsd]);
        Assert.Equal(new AccountBalance(4, 4), book[Some.BobStock]);
        Assert.Equal(new AccountBalance(1, 1), book[Some.AliceOwned]);
        Assert.Equal(new AccountBalance(0, 0), book[Some.AliceNeed]);
        Assert.Equal(new AccountBalance(1, 1), book[Some.Filled]);
        Assert.Equal(8_400, LedgerQueries.GetMandate(book.State, Some.MandateOne)!.Usage.PostedMinor);
        Assert.True(TrialBalance.Of(book.State).IsZero);
    }

    [Fact]
    public void On_delivery_the_four_transfers_are_held_and_entry_6_posts_all_four()
    {
        var book = Before();
        book.Does(Deal(SettlementMode.OnDelivery));
        Assert.Equal(new AccountBalance(20_000, 11_600, PendingOut: 8_400), book[Some.AliceFunds]);
        Assert.Equal(new AccountBalance(0, 0, PendingIn: 8_316), book[Some.BobFunds]);
        Assert.Equal(new AccountBalance(5, 4, PendingOut: 1), book[Some.BobStock]);
        Assert.Equal(new AccountBalance(1, 0, PendingOut: 1), book[Some.AliceNeed]);
        Assert.Equal(8_400, LedgerQueries.GetMandate(book.State, Some.MandateOne)!.Usage.HeldMinor);
        Assert.Equal(DealStatus.Held, LedgerQueries.GetDeal(book.State, Some.DealId(1))!.Status);

        Assert.Equal(6, book.Does(new ConfirmDelivery(Some.DealId(1))).Value);
        Assert.Equal(new AccountBalance(11_600, 11_600), book[Some.AliceFunds]);
        Assert.Equal(new AccountBalance(8_316, 8_316), book[Some.BobFunds]);
        Assert.Equal(new AccountBalance(1, 1), book[Some.AliceOwned]);
        Assert.Equal(DealStatus.Delivered, LedgerQueries.GetDeal(book.State, Some.DealId(1))!.Status);
    }

    [Fact]
    public void Without_shipment_entry_6_voids_all_four_and_all_is_as_before()
    {
        var book = Before();
        book.Does(Deal(SettlementMode.OnDelivery));
        book.Does(new CancelDelivery(Some.DealId(1)));
        Assert.Equal(new AccountBalance(20_000, 20_000), book[Some.AliceFunds]);
        Assert.Equal(new AccountBalance(0, 0), book[Some.BobFunds]);
        Assert.Equal(new AccountBalance(5, 5), book[Some.BobStock]);
        Assert.Equal(new AccountBalance(1, 1), book[Some.AliceNeed]);
        Assert.Equal(default, LedgerQueries.GetMandate(book.State, Some.MandateOne)!.Usage);
    }

    [Fact]
    public void Of_two_deals_under_one_need_the_second_fails_and_leaves_everything_else_untouched()
    {
        var book = Before();
        book.Does(new MintUnits(Some.CommandId(9), Some.Listing, Some.Carol, 1));
        book.Does(Deal(SettlementMode.Immediate));
        var second = Some.Settle(deal: 2, buyerMandate: Some.MandateOne, request: Some.Request, seller: Some.Carol);

        var decision = book.Tell(second);

        Assert.Equal(LedgerRefusal.NeedAlreadyFilled, decision.Causes!.Buyer!.Reason);
        Assert.Null(decision.Causes.Seller);
        Assert.Equal(new AccountBalance(1, 1), book[AccountName.Stock(Some.Carol, Some.Listing)]);
        Assert.Equal(new AccountBalance(11_600, 11_600), book[Some.AliceFunds]);
        Assert.Equal(8_400, LedgerQueries.GetMandate(book.State, Some.MandateOne)!.Usage.TotalMinor);
    }

    [Fact]
    public void A_settle_after_the_revocation_is_refused_with_the_number_of_the_revoking_entry()
    {
        var book = Before();
        var revoked = book.Does(new RevokeMandate(Some.MandateOne, Some.Alice));
        var refused = book.Refuses(Deal(SettlementMode.Immediate), LedgerRefusal.MandateRevoked);
        Assert.Equal(revoked, refused.Entry);
    }

    [Fact]
    public void A_deal_settled_on_delivery_before_the_revocation_goes_on()
    {
        var book = Before();
        book.Does(Deal(SettlementMode.OnDelivery));
        book.Does(new RevokeMandate(Some.MandateOne, Some.Alice));
        book.Does(new ConfirmDelivery(Some.DealId(1)));
        Assert.Equal(8_400, LedgerQueries.GetMandate(book.State, Some.MandateOne)!.Usage.PostedMinor);
    }
}
