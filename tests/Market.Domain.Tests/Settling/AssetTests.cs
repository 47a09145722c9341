using Market.Domain.Settling;

namespace Market.Domain.Tests.Settling;

public sealed class AssetTests
{
    [Theory]
    [InlineData("USD", 2)]
    [InlineData("JPY", 0)]
    [InlineData("BHD", 9)]
    public void A_currency_can_be_read_back_from_its_asset(string code, int scale) =>
        Assert.Equal(Currency.Of(code, scale), Asset.Money(Currency.Of(code, scale)).ToCurrency());

    [Fact]
    public void An_asset_that_is_not_money_has_no_currency() =>
        Assert.Throws<InvalidOperationException>(() => Asset.Unit(Some.Listing).ToCurrency());

    [Fact]
    public void Assets_have_names_for_people()
    {
        Assert.Equal("USD", Asset.Money(Currency.Usd).ToString());
        Assert.Equal($"unit:lst_{Some.Listing.Value:n}", Asset.Unit(Some.Listing).ToString());
        Assert.Equal($"need:req_{Some.Request.Value:n}", Asset.Need(Some.Request).ToString());
    }

    [Fact]
    public void Accounts_have_names_for_people()
    {
        Assert.Equal("funds:12:USD", AccountName.Funds(new PrincipalNumber(12), Currency.Usd).ToString());
        Assert.Equal("fees:market:USD", Some.FeesUsd.ToString());
        Assert.Equal("world:USD", AccountName.World(Currency.Usd).ToString());
        Assert.Equal($"mint:{Asset.Unit(Some.Listing)}", AccountName.Mint(Asset.Unit(Some.Listing)).ToString());
        Assert.Equal($"stock:2:{Asset.Unit(Some.Listing)}", Some.BobStock.ToString());
        Assert.Equal($"filled:{Asset.Need(Some.Request)}", Some.Filled.ToString());
    }

    [Fact]
    public void Only_a_well_formed_asset_is_one()
    {
        Assert.True(Asset.Money(Currency.Usd).IsWellFormed);
        Assert.False(default(Asset).IsWellFormed);
        Assert.False(Asset.Money(default).IsWellFormed);
        Assert.False(Asset.Money(new Currency(Currency.Usd.Packed | 0xFF)).IsWellFormed);
        Assert.False(new Asset(AssetKind.Money, Some.Listing.Value).IsWellFormed);
        Assert.False(Asset.Unit(default).IsWellFormed);
        Assert.False(Asset.Need(default).IsWellFormed);
    }
}
