using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>
/// A customer's policy, pure: it negotiates with all its matching businesses in lockstep, and buys from one. It knows
/// its own file, what is posted, and the offers made to it. Every negotiation has its own strategy object, because the
/// range of prices is the business's: so the bids of one round may differ.
/// </summary>
public sealed class MagenticBuyer
{
    private readonly long _worthCents;
    private readonly SortedDictionary<MagenticId, (long PostedCents, TimeDependent Strategy)> _negotiations = [];

    /// <summary>Prepares the negotiations of one customer.</summary>
    /// <param name="own">The customer's own file.</param>
    /// <param name="posted">The posted price of the order at every matching business.</param>
    /// <param name="preset">How the customer concedes.</param>
    /// <exception cref="ArgumentException">A business is named twice.</exception>
    /// <exception cref="OutcomeSpaceTooLargeException">A posted price is above 10,000 dollars.</exception>
    public MagenticBuyer(MagenticCustomer own, IEnumerable<MagenticPrice> posted, TimeDependentPreset preset)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(posted);
        _worthCents = own.Secret.WorthCents;
        foreach (var (business, postedCents) in posted)
        {
            var strategy = MagenticRules.BuyerStrategy(preset, postedCents, _worthCents);
            _negotiations.Add(business, (postedCents, strategy));
        }
    }

    /// <summary>
    /// Accepts the cheapest acceptable of the standing firm offers (of equal ones that of the lowest id), else bids.
    /// </summary>
    /// <param name="round">The round, 0 to <see cref="MagenticRules.RoundsMax"/> − 1.</param>
    /// <param name="firmOffers">The total of each business's standing firm offer, in cents.</param>
    public MagenticBuyerAct Act(int round, IReadOnlyDictionary<MagenticId, long> firmOffers)
    {
        ArgumentNullException.ThrowIfNull(firmOffers);
        var time = NegotiationView.RelativeTimeOf(round, MagenticRules.RoundsMax);
        if (Cheapest(OffersFrom(firmOffers).Where(offer => Accepts(offer, time))) is { } accepted)
        {
            return new MagenticBuyerAct(accepted, []);
        }

        return new MagenticBuyerAct(
            null, [.. _negotiations.Select(n => new MagenticPrice(n.Key, n.Value.Strategy.Propose(time)[0]))]);
    }

    /// <summary>
    /// After the last round: the cheapest of all standing firm offers and posted prices, if it leaves the customer more
    /// than nothing, else null. Of equal prices that of the lowest id, and there the offer before the posted price.
    /// </summary>
    /// <param name="firmOffers">The total of each business's standing firm offer, in cents.</param>
    public MagenticPurchase? TakeBest(IReadOnlyDictionary<MagenticId, long> firmOffers)
    {
        ArgumentNullException.ThrowIfNull(firmOffers);
        var posted = _negotiations.Select(n => new MagenticPurchase(new(n.Key, n.Value.PostedCents), IsPosted: true));
        return OffersFrom(firmOffers).Select(offer => new MagenticPurchase(offer, IsPosted: false))
            .Concat(posted)
            .Where(purchase => _worthCents - purchase.Price.TotalCents > 0)
            .OrderBy(purchase => purchase.Price.TotalCents)
            .ThenBy(purchase => purchase.Price.Business)
            .ThenBy(purchase => purchase.IsPosted)
            .FirstOrDefault();
    }

    // Offers of businesses that this customer does not negotiate with are none of its.
    private IEnumerable<MagenticPrice> OffersFrom(IReadOnlyDictionary<MagenticId, long> firmOffers) => firmOffers
        .Where(offer => _negotiations.ContainsKey(offer.Key))
        .Select(offer => new MagenticPrice(offer.Key, offer.Value));

    private bool Accepts(MagenticPrice offer, double time)
    {
        var strategy = _negotiations[offer.Business].Strategy;
        var outcome = Outcome.Of(offer.TotalCents);
        return strategy.Own.Space.Agenda.Contains(outcome) && strategy.Accepts(outcome, time);
    }

    private static MagenticPrice? Cheapest(IEnumerable<MagenticPrice> offers) => offers
        .OrderBy(offer => offer.TotalCents)
        .ThenBy(offer => offer.Business)
        .Select(offer => (MagenticPrice?)offer)
        .FirstOrDefault();
}
