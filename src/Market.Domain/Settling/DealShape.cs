namespace Market.Domain.Settling;

/// <summary>
/// Whether legs are a deal's: money from the buyer's funds to the seller and to fees, units from the seller's stock
/// to the buyer, need from the buyer to filled, and nothing else; the money is the total to the last minor unit
/// (INV-5, INV-9).
/// </summary>
internal static class DealShape
{
    public static LedgerRefused? Check(Settle command)
    {
        var money = Asset.Money(command.Total.Currency);
        var paid = 0L;
        var hasGoods = false;
        foreach (ref readonly var leg in command.Legs.AsSpan())
        {
            // Amounts are checked before they are added up: sixteen of the largest fit 64 bits.
            if (LegRules.CheckAmount(leg.Amount) is { } refused)
            {
                return refused;
            }

            var belongs = (leg.Debit.Kind, leg.Credit.Kind) switch
            {
                (AccountKind.Funds, AccountKind.Funds) => IsPayment(leg, command, money)
                    && leg.Credit.Owner == command.Seller.Principal,
                (AccountKind.Funds, AccountKind.Fees) => IsPayment(leg, command, money),
                (AccountKind.Stock, AccountKind.Owned) => leg.Debit.Owner == command.Seller.Principal
                    && leg.Credit.Owner == command.Buyer.Principal,
                (AccountKind.Need, AccountKind.Filled) => leg.Debit.Owner == command.Buyer.Principal,
                _ => false,
            };
            if (!belongs)
            {
                return new LedgerRefused(LedgerRefusal.LegNotPartOfDeal);
            }

            paid += leg.Debit.Kind == AccountKind.Funds ? leg.Amount : 0;
            hasGoods |= leg.Debit.Kind == AccountKind.Stock;
        }

        if (paid != command.Total.MinorUnits)
        {
            return new LedgerRefused(
                LedgerRefusal.LegsDoNotAddUpToTotal, Asked: paid, Allowed: command.Total.MinorUnits);
        }

        return hasGoods ? null : new LedgerRefused(LedgerRefusal.GoodsMissing);
    }

    private static bool IsPayment(in Leg leg, Settle command, Asset money) =>
        leg.Debit.Owner == command.Buyer.Principal && leg.Debit.Asset == money && leg.Credit.Asset == money;
}
