using Market.Domain.Settling;

namespace Market.Domain.Tests.Settling;

/// <summary>Unsold units go back to the mint, and never more than are available.</summary>
public sealed class ReturnTests
{
    private static readonly AccountName Stock = AccountName.Stock(Some.Bob, Some.Listing);

    [Fact]
    public void Units_go_back_to_the_mint()
    {
        var book = Book.WithAliceAndBob(stock: 5);
        book.Does(new ReturnUnits(Some.CommandId(50), Some.Listing, Some.Bob, 2));

        Assert.Equal(new AccountBalance(3, 3), book[Stock]);
        Assert.Equal(-3, book[AccountName.Mint(Asset.Unit(Some.Listing))].Posted);
    }

    [Fact]
    public void What_a_deal_holds_is_not_available()
    {
        var book = Book.WithAliceAndBob(stock: 2);
        book.Does(Some.Settle(deal: 1, mode: SettlementMode.OnDelivery));

        var refused = book.Tell(new ReturnUnits(Some.CommandId(50), Some.Listing, Some.Bob, 2)).Refused!;

        Assert.Equal((LedgerRefusal.AvailableExceeded, 2, 1), (refused.Reason, refused.Asked, refused.Allowed));
        book.Does(new ReturnUnits(Some.CommandId(51), Some.Listing, Some.Bob, 1));
    }

    [Theory]
    [InlineData(LedgerLimits.EntriesMax)]
    [InlineData(8)]
    public void A_return_that_was_refused_does_not_happen_when_it_is_told_again_later(int entriesMax)
    {
        var book = Book.WithAliceAndBob(stock: 2, entriesMax: entriesMax);
        var command = new ReturnUnits(Some.CommandId(50), Some.Listing, Some.Bob, 3);
        var first = book.Tell(command);
        book.Does(new MintUnits(Some.CommandId(51), Some.Listing, Some.Bob, 5));
        for (var i = 0; i < 20; i++)
        {
            book.Does(new Deposit(Some.CommandId(900 + i), Some.Carol, Some.Usd(1)));
        }

        book.Restart();
        var second = book.Tell(command);

        Assert.IsType<ReturnRefused>(first.Event);
        Assert.Null(second.Event);
        Assert.Equal(first.Refused, second.Refused);
        Assert.Equal(LedgerField.Amount, book.Tell(command with { Quantity = 4 }).Refused!.Field);
        Assert.Equal(LedgerField.Debit, book.Tell(command with { Owner = Some.Alice }).Refused!.Field);
        Assert.Equal(
            LedgerField.Kind,
            book.Tell(new ReturnStock(command.Id, command.Listing, command.Owner)).Refused!.Field);
        Assert.Equal(new AccountBalance(7, 7), book[Stock]);
    }

    [Fact]
    public void All_that_is_left_goes_back_and_what_is_held_stays()
    {
        var book = Book.WithAliceAndBob(stock: 5);
        book.Does(Some.Settle(deal: 1, mode: SettlementMode.OnDelivery));

        book.Does(new ReturnStock(Some.CommandId(50), Some.Listing, Some.Bob));

        Assert.Equal(new AccountBalance(1, 0, PendingOut: 1), book[Stock]);
        _ = book.Refuses(
            new ReturnStock(Some.CommandId(51), Some.Listing, Some.Bob), LedgerRefusal.AvailableExceeded);
    }
}
