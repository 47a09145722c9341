using Market.Domain.Negotiating;

namespace Market.Domain.Strategies;

/// <summary>
/// Stacked alternating offers between two strategies, in memory. In each round the first party acts, then the second;
/// acting is to accept the standing offer, to make another one, or to end. Every offer is firm. (Protocol: Aydoğan,
/// Festen, Hindriks and Jonker, "Alternating offers protocols for multilateral negotiation", 2017, for two parties.)
/// </summary>
public static class BilateralSession
{
    /// <summary>Runs a negotiation to its end.</summary>
    /// <param name="agenda">What is negotiated.</param>
    /// <param name="first">The strategy that opens.</param>
    /// <param name="second">The strategy that answers.</param>
    /// <param name="roundsMax">Rounds after which there is no agreement, 1 to
    /// <see cref="MarketLimits.RoundsMax"/>.</param>
    /// <param name="firstParty">The side that the first strategy is on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of rounds is out of its range.</exception>
    /// <exception cref="InvalidOperationException">A strategy accepted where nothing stood, or proposed an outcome
    /// that is not of the agenda.</exception>
    public static BilateralResult Run(
        Agenda agenda, INegotiator first, INegotiator second, int roundsMax, Party firstParty = Party.Buyer)
    {
        ArgumentNullException.ThrowIfNull(agenda);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentOutOfRangeException.ThrowIfLessThan(roundsMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(roundsMax, MarketLimits.RoundsMax);

        var trace = new List<BilateralOffer>();
        Outcome? standing = null;
        for (var turn = 0; turn < 2 * roundsMax; turn++)
        {
            var round = turn / 2;
            var party = turn % 2 == 0 ? firstParty : firstParty.Counterparty();
            var view = new NegotiationView(party, agenda, round, roundsMax, standing, standing is not null);
            var act = (turn % 2 == 0 ? first : second).Act(view);
            if (act.Kind == NegotiatorActKind.Propose)
            {
                standing = Proposed(agenda, party, act.Outcome);
                trace.Add(new BilateralOffer(round, party, act.Outcome));
                continue;
            }

            var end = EndOf(act, party, standing);
            var agreement = end == BilateralEnd.Agreement ? standing : null;
            return new BilateralResult(end, agreement, round + 1, trace.ToValueArray());
        }

        return new BilateralResult(BilateralEnd.OutOfRounds, null, roundsMax, trace.ToValueArray());
    }

    private static Outcome Proposed(Agenda agenda, Party party, Outcome outcome) =>
        agenda.Contains(outcome)
            ? outcome
            : throw new InvalidOperationException($"The {party} proposed {outcome}, which is not of the agenda.");

    private static BilateralEnd EndOf(NegotiatorAct act, Party party, Outcome? standing)
    {
        if (act.Kind == NegotiatorActKind.End)
        {
            return BilateralEnd.EndedByParty;
        }

        return standing is not null
            ? BilateralEnd.Agreement
            : throw new InvalidOperationException($"The {party} accepted, and there was no offer to accept.");
    }
}
