using System.Numerics;
using Market.Domain.Settling;

namespace Market.Domain.Tests.Settling;

public sealed class FeesTests
{
    [Theory]
    [InlineData(8_400, 100, 84)]
    [InlineData(50, 100, 0)]
    [InlineData(150, 100, 2)]
    [InlineData(250, 100, 2)]
    [InlineData(251, 100, 3)]
    [InlineData(0, 100, 0)]
    [InlineData(8_400, 0, 0)]
    [InlineData(8_400, 10_000, 8_400)]
    [InlineData(MarketLimits.AmountMax, 10_000, MarketLimits.AmountMax)]
    public void A_fee_is_rounded_half_to_even(long total, int basisPoints, long fee) =>
        Assert.Equal(fee, Fees.Of(total, basisPoints));

    [Property]
    public void A_fee_is_the_nearest_whole_number_and_of_two_the_even_one(ulong anyTotal, uint anyBasisPoints)
    {
        var total = (long)(unchecked(anyTotal * 0x9E3779B97F4A7C15) % (MarketLimits.AmountMax + 1));
        var basisPoints = (int)(anyBasisPoints % (LedgerLimits.BasisPointsMax + 1));
        var exact = (BigInteger)total * basisPoints;
        var twiceOff = BigInteger.Abs((2 * exact) - (2 * 10_000 * (BigInteger)Fees.Of(total, basisPoints)));
        Assert.True(twiceOff < 10_000 || (twiceOff == 10_000 && Fees.Of(total, basisPoints) % 2 == 0));
    }

    [Fact]
    public void A_fee_of_nothing_gives_no_leg()
    {
        var legs = DealLegs.Build(Some.Alice, Some.Bob, Some.Usd(8_400), 0, Some.Listing, 1, null);
        Assert.Equal([8_400, 1], legs.Select(leg => leg.Amount));
    }

    [Fact]
    public void A_fee_of_everything_leaves_no_leg_for_the_seller()
    {
        var legs = DealLegs.Build(Some.Alice, Some.Bob, Some.Usd(8_400), 10_000, Some.Listing, 1, Some.Request);
        Assert.Equal([Some.FeesUsd, Some.AliceOwned, Some.Filled], legs.Select(leg => leg.Credit));
    }

    [Fact]
    public void A_gift_moves_units_alone()
    {
        var book = Book.WithAliceAndBob(funds: 1);
        book.Does(Some.Settle(total: 0));
        Assert.Equal(new AccountBalance(1, 1), book[Some.AliceOwned]);
    }

    [Theory]
    [InlineData(-1, 100)]
    [InlineData(MarketLimits.AmountMax + 1, 100)]
    [InlineData(1, -1)]
    [InlineData(1, 10_001)]
    public void A_fee_out_of_range_is_a_bug_of_the_caller(long total, int basisPoints) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Fees.Of(total, basisPoints));
}
