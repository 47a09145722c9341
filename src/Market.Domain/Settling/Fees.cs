namespace Market.Domain.Settling;

/// <summary>The market's fee on a deal.</summary>
public static class Fees
{
    /// <summary>
    /// total × basis points ÷ 10,000, rounded half to even, in minor units. The price less the fee goes to the
    /// seller, so that nothing is lost by rounding (INV-5).
    /// </summary>
    /// <param name="totalMinorUnits">What the buyer pays, 0 to <see cref="MarketLimits.AmountMax"/>.</param>
    /// <param name="basisPoints">0 to <see cref="LedgerLimits.BasisPointsMax"/>; 100 is one per cent.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static long Of(long totalMinorUnits, int basisPoints)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(totalMinorUnits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(totalMinorUnits, MarketLimits.AmountMax);
        ArgumentOutOfRangeException.ThrowIfNegative(basisPoints);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(basisPoints, LedgerLimits.BasisPointsMax);

        // The product can pass 64 bits (10^15 × 10^4), so whole ten-thousands are taken out first.
        var (whole, rest) = Math.DivRem(totalMinorUnits, LedgerLimits.BasisPointsMax);
        var (quotient, remainder) = Math.DivRem(rest * basisPoints, LedgerLimits.BasisPointsMax);
        var fee = (whole * basisPoints) + quotient;
        var twice = 2 * remainder;
        var roundsUp = twice > LedgerLimits.BasisPointsMax
            || (twice == LedgerLimits.BasisPointsMax && long.IsOddInteger(fee));
        return roundsUp ? fee + 1 : fee;
    }
}
