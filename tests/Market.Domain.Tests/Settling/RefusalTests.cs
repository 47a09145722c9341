using Market.Domain.Settling;

namespace Market.Domain.Tests.Settling;

public sealed class RefusalTests
{
    public static TheoryData<LedgerRefusal> Refusals => new(Enum.GetValues<LedgerRefusal>());

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Every_refusal_has_a_story_that_ends_in_it(LedgerRefusal refusal)
    {
        var (before, command) = RefusalCases.All[refusal];
        var book = Book.WithAliceAndBob();
        before(book);
        _ = book.Refuses(command, refusal);
    }

    [Fact]
    public void A_refusal_says_how_much_was_asked_for_and_how_much_is_there()
    {
        var refused = Book.WithAliceAndBob().Refuses(
            new Withdraw(Some.CommandId(50), Some.Alice, Some.Usd(20_001)), LedgerRefusal.AvailableExceeded);
        Assert.Equal((20_001, 20_000), (refused.Asked, refused.Allowed));
    }

    [Fact]
    public void Each_side_learns_its_own_cause_whatever_ails_the_other()
    {
        var poorAndSoldOut = Book.WithAliceAndBob(funds: 1).Tell(Some.Settle(quantity: 6));
        var soldOut = Book.WithAliceAndBob().Tell(Some.Settle(quantity: 6));
        var poor = Book.WithAliceAndBob(funds: 1).Tell(Some.Settle());

        Assert.Equal(soldOut.Causes!.Seller, poorAndSoldOut.Causes!.Seller);
        Assert.Null(soldOut.Causes.Buyer);
        Assert.Equal(poor.Causes!.Buyer, poorAndSoldOut.Causes.Buyer);
        Assert.Null(poor.Causes.Seller);
    }

    [Fact]
    public void A_deal_that_the_book_refused_stays_refused_when_it_is_told_again()
    {
        var book = Book.WithAliceAndBob(funds: 1);
        var first = book.Tell(Some.Settle());
        book.Does(new Deposit(Some.CommandId(50), Some.Alice, Some.Usd(20_000)));

        var again = book.Tell(Some.Settle());

        Assert.IsType<DealRefused>(first.Event);
        Assert.Null(again.Event);
        Assert.Equal(first.Causes, again.Causes);
        Assert.Equal(DealStatus.Refused, LedgerQueries.GetDeal(book.State, Some.DealId(1))!.Status);
    }

    [Fact]
    public void A_moment_that_is_not_after_the_last_entry_is_a_bug_of_the_caller()
    {
        var book = Book.WithAliceAndBob();
        var command = new Deposit(Some.CommandId(50), Some.Alice, Some.Usd(1));
        Assert.Throws<ArgumentException>(() => LedgerRules.Decide(book.State, command, book.State.LastTime));
    }

    [Fact]
    public void An_entry_that_overdraws_an_account_stops_the_book()
    {
        var book = Book.WithAliceAndBob();
        var paid = (DealBooked)book.Tell(Some.Settle()).Event!;
        var forged = paid with
        {
            At = paid.At + TimeSpan.FromTicks(1),
            Deal = Some.DealId(2),
            Opened = [],
            Postings = [paid.Postings[0] with { Amount = 11_601 }],
        };
        Assert.Throws<InvalidOperationException>(() => book.State.Apply(forged));
    }
}
