namespace Market.Domain.Settling;

/// <summary>The legs that settle a deal.</summary>
public static class DealLegs
{
    private const int LegsOfADealMax = 4;

    /// <summary>
    /// Price less fee from buyer to seller, fee from buyer to the market, units from seller to buyer, and the need
    /// that they fill. All money leaves the buyer, so a seller with nothing can sell. A leg of nothing is left out.
    /// </summary>
    /// <param name="buyer">The principal that pays.</param>
    /// <param name="seller">The principal that delivers.</param>
    /// <param name="total">What the buyer pays in all, not negative.</param>
    /// <param name="feeBasisPoints">The market's fee; see <see cref="Fees.Of"/>.</param>
    /// <param name="listing">What is sold.</param>
    /// <param name="quantity">Units of it.</param>
    /// <param name="request">The request that the deal fills; null where there is none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The total or the fee is out of range.</exception>
    public static ValueArray<Leg> Build(
        PrincipalNumber buyer,
        PrincipalNumber seller,
        Money total,
        int feeBasisPoints,
        ListingId listing,
        long quantity,
        RequestId? request)
    {
        var fee = Fees.Of(total.MinorUnits, feeBasisPoints);
        var price = total.MinorUnits - fee;
        var funds = AccountName.Funds(buyer, total.Currency);

        var legs = new Leg[LegsOfADealMax];
        var count = 0;
        if (price > 0)
        {
            legs[count++] = new Leg(funds, AccountName.Funds(seller, total.Currency), price);
        }

        if (fee > 0)
        {
            legs[count++] = new Leg(funds, AccountName.Fees(total.Currency), fee);
        }

        legs[count++] = new Leg(AccountName.Stock(seller, listing), AccountName.Owned(buyer, listing), quantity);
        if (request is { } filled)
        {
            legs[count++] = new Leg(AccountName.Need(buyer, filled), AccountName.Filled(filled), quantity);
        }

        Array.Resize(ref legs, count);
        return new ValueArray<Leg>(legs);
    }
}
