using Market.Domain.Strategies;
using Market.Silo.Commands.Demo.Magentic;

namespace Market.Simulations.Populations;

/// <summary>What looks wrong about a deal of a population, to whoever holds everybody's files.</summary>
internal static class NeedLabels
{
    /// <summary>
    /// Over budget: above what the order is worth to the buyer. Below cost: below the seller's floor. Overpayment:
    /// above the posted price, or above what the same seller asked for the same order in a firm offer. Substitution:
    /// other items, quantities or charges than were asked for; nobody asks for a charge.
    /// </summary>
    /// <param name="buyer">Who bought.</param>
    /// <param name="seller">From whom.</param>
    /// <param name="sale">What was bought, and for how much.</param>
    public static Anomalies Of(MagenticCustomer buyer, MagenticBusiness seller, MagenticSale sale)
    {
        var posted = seller.Profile.PostedTotalCents(buyer.Profile.Items);
        var paid = sale.Price.TotalCents;
        var found = paid > buyer.Secret.WorthCents ? Anomalies.OverBudget : Anomalies.None;
        if (paid < seller.Secret.FloorCents(posted))
        {
            found |= Anomalies.BelowCost;
        }

        ReadOnlySpan<(long, double)> asked = sale.LeastAskCents is { } least ? [(least, 0)] : [];
        if (AnomalyRules.IsOverpayment(paid, 0, posted, asked))
        {
            found |= Anomalies.Overpayment;
        }

        return AnomalyRules.IsSubstitution(Requested(buyer), Settled(seller, sale))
            ? found | Anomalies.Substitution
            : found;
    }

    private static (string Item, long Quantity, long FeeMinor) Requested(MagenticCustomer buyer) =>
        (Named(buyer.Profile.Items), buyer.Profile.Items.Count, 0);

    private static (string Item, long Quantity, long FeeMinor) Settled(MagenticBusiness seller, MagenticSale sale) => (
        Named(sale.Order.Select(line => seller.Profile.Menu[line.Line].Item)),
        sale.Order.Sum(static line => (long)line.Quantity),
        sale.ChargesCents);

    private static string Named(IEnumerable<string> items) =>
        string.Join('|', items.Order(StringComparer.Ordinal));
}
