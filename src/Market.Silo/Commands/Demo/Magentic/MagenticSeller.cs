using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>
/// A business's policy in one negotiation, pure: it answers every bid with a firm offer. It knows its own file, the
/// order, and the bids made to it.
/// </summary>
/// <param name="own">The business's own file.</param>
/// <param name="order">The items that the customer wants, each once.</param>
/// <param name="preset">How the business concedes.</param>
/// <exception cref="ArgumentException">An item is not on the menu.</exception>
/// <exception cref="OutcomeSpaceTooLargeException">The posted price is above 10,000 dollars.</exception>
public sealed class MagenticSeller(MagenticBusiness own, ValueArray<string> order, TimeDependentPreset preset)
{
    /// <summary>
    /// The strategy that answers: since bids are indicative, its own act is already what this market asks for, so a
    /// host of strategies can run it as it is.
    /// </summary>
    public TimeDependent Strategy { get; } = StrategyFor(own, own.Profile.PostedTotalCents(order), preset);

    /// <summary>
    /// The total of the firm offer that answers a bid: the bid if it is acceptable, else the business's own.
    /// </summary>
    /// <param name="round">The round of the bid, 0 to <see cref="MagenticRules.RoundsMax"/> − 1.</param>
    /// <param name="bidCents">The customer's bid.</param>
    public long Answer(int round, long bidCents)
    {
        var agenda = Strategy.Own.Space.Agenda;
        var bid = Outcome.Of(bidCents);
        Outcome? standing = agenda.Contains(bid) ? bid : null;
        var view = new NegotiationView(Party.Seller, agenda, round, MagenticRules.RoundsMax, standing, false);
        return Strategy.Act(view).Outcome[0];
    }

    private static TimeDependent StrategyFor(MagenticBusiness own, long postedCents, TimeDependentPreset preset) =>
        MagenticRules.SellerStrategy(preset, postedCents, own.Secret.FloorCents(postedCents));
}
