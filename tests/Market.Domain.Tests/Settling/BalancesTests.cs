using Market.Domain.Settling;

namespace Market.Domain.Tests.Settling;

public sealed class BalancesTests
{
    [Fact]
    public void A_principal_sees_its_own_accounts_money_first_and_none_that_is_zero()
    {
        var book = Book.WithAliceAndBob();
        book.Does(Some.Settle(request: Some.Request));
        var balances = LedgerQueries.GetBalances(book.State, Some.Alice);
        Assert.Equal([Some.AliceFunds, Some.AliceOwned], balances.Accounts.Select(balance => balance.Account));
        Assert.Equal(book.State.LastEntry, balances.AsOf);
        Assert.False(balances.HasMore);
    }

    [Fact]
    public void The_market_sees_its_fees()
    {
        var book = Book.WithAliceAndBob();
        book.Does(Some.Settle(request: Some.Request));
        var fees = Assert.Single(LedgerQueries.GetBalances(book.State, PrincipalNumber.Market).Accounts);
        Assert.Equal((Some.FeesUsd, 84), (fees.Account, fees.Posted));
    }

    [Theory]
    [InlineData(LedgerLimits.AccountsShownMax - 1, false)]
    [InlineData(LedgerLimits.AccountsShownMax, false)]
    [InlineData(LedgerLimits.AccountsShownMax + 1, true)]
    public void A_question_looks_at_so_many_accounts_and_says_when_there_are_more(int listings, bool hasMore)
    {
        var book = new Book();
        for (var i = 0; i < listings; i++)
        {
            book.Does(new MintUnits(Some.CommandId(i), new ListingId(Some.Id(i + 1)), Some.Bob, 1));
        }

        var balances = LedgerQueries.GetBalances(book.State, Some.Bob);
        Assert.Equal(Math.Min(listings, LedgerLimits.AccountsShownMax), balances.Accounts.Count);
        Assert.Equal(hasMore, balances.HasMore);
    }

    [Fact]
    public void Every_number_has_its_account()
    {
        var book = Book.WithAliceAndBob();
        Assert.Equal(Some.AliceFunds, LedgerQueries.GetAccount(book.State, new AccountNumber(1)));
        Assert.Null(LedgerQueries.GetAccount(book.State, new AccountNumber(book.State.AccountCount)));
        Assert.Null(LedgerQueries.GetAccount(book.State, new AccountNumber(-1)));
    }

    [Fact]
    public void A_large_book_finds_each_of_its_accounts()
    {
        const int listings = 5_000;
        var book = new Book();
        for (var i = 1; i <= listings; i++)
        {
            book.Does(new MintUnits(Some.CommandId(i), new ListingId(Some.Id(i)), Some.Bob, i));
        }

        for (var i = 1; i <= listings; i++)
        {
            Assert.Equal(i, book[AccountName.Stock(Some.Bob, new ListingId(Some.Id(i)))].Posted);
        }

        Assert.Equal(default, book[AccountName.Stock(Some.Bob, new ListingId(Some.Id(listings + 1)))]);
        Assert.Equal(2 * listings, book.State.AccountCount);
    }

    [Fact]
    public void The_trial_balance_shows_each_currency_and_counts_the_other_assets()
    {
        var book = Book.WithAliceAndBob();
        book.Does(Some.Settle(mode: SettlementMode.OnDelivery));
        var balance = TrialBalance.Of(book.State);
        Assert.Equal(
            [new TrialBalanceRow(Asset.Money(Currency.Usd), 20_000, 0, 8_400, 8_400, true)], balance.Assets);
        Assert.Equal((3, 0, true), (balance.AssetCount, balance.OverdrawnCount, balance.IsZero));
    }
}
