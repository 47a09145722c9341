using Market.Domain.Negotiating;

namespace Market.Domain.Strategies;

/// <summary>Finds what looks wrong about how a negotiation went. Pure functions of what happened.</summary>
public static class AnomalyRules
{
    /// <summary>A utility that far below the reservation value is below it.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>Turns without change that make a deadlock.</summary>
    public const int DeadlockTurns = 3;

    /// <summary>
    /// All labels that an end and its acts tell: limits broken, a missed deal, an irrational refusal, a deadlock.
    /// </summary>
    /// <param name="result">How it ended.</param>
    /// <param name="acts">All acts, in order; empty where nobody kept them: then what needs them is not found.</param>
    /// <param name="optimality">The scenario's.</param>
    /// <param name="sides">Each party's side, buyer or seller; null for one that is neither.</param>
    public static Anomalies Of(
        in AlternatingOffersResult result,
        ReadOnlySpan<PartyAct> acts,
        Optimality optimality,
        ReadOnlySpan<Party?> sides)
    {
        ArgumentNullException.ThrowIfNull(optimality);
        if (result.IsAgreement)
        {
            return LimitsBroken(result.Agreement, optimality, sides);
        }

        var found = optimality.RationalFraction > 0 ? Anomalies.MissedFeasibleDeal : Anomalies.None;
        if (IsIrrationalRefusal(result, acts, optimality))
        {
            found |= Anomalies.IrrationalRefusal;
        }

        return IsDeadlock(acts, optimality.Profiles.Count) ? found | Anomalies.Deadlock : found;
    }

    /// <summary>
    /// Whether a buyer paid too much: more than was posted, or than the same seller had asked before for terms no worse
    /// to the buyer.
    /// </summary>
    /// <param name="total">What was paid, in minor units.</param>
    /// <param name="termsWorth">What all but the total was worth to the buyer.</param>
    /// <param name="posted">The posted price; null without one.</param>
    /// <param name="earlier">The seller's earlier totals, with what their terms were worth to the buyer.</param>
    public static bool IsOverpayment(
        long total, double termsWorth, long? posted, ReadOnlySpan<(long Total, double TermsWorth)> earlier)
    {
        if (total > posted)
        {
            return true;
        }

        foreach (var ask in earlier)
        {
            if (ask.Total < total && ask.TermsWorth >= termsWorth)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the settled item, quantity or fee is not the requested one.</summary>
    public static bool IsSubstitution(
        (string Item, long Quantity, long FeeMinor) requested, (string Item, long Quantity, long FeeMinor) settled) =>
        requested != settled;

    private static Anomalies LimitsBroken(int agreement, Optimality optimality, ReadOnlySpan<Party?> sides)
    {
        var found = Anomalies.None;
        for (var i = 0; i < sides.Length; i++)
        {
            var profile = optimality.Profiles[i];
            if (profile.ReservationValue - profile.UtilityOf(agreement) > Tolerance)
            {
                found |= sides[i] switch
                {
                    Party.Buyer => Anomalies.OverBudget,
                    Party.Seller => Anomalies.BelowCost,
                    _ => Anomalies.BelowReservation,
                };
            }
        }

        return found;
    }

    private static bool IsIrrationalRefusal(
        in AlternatingOffersResult result, ReadOnlySpan<PartyAct> acts, Optimality optimality)
    {
        if (result.End != AlternatingOffersEnd.EndedByParty)
        {
            return false;
        }

        for (var i = acts.Length - 1; i >= 0; i--)
        {
            if (acts[i].Kind == NegotiatorActKind.Propose)
            {
                var own = optimality.Profiles[result.By];
                return own.UtilityOf(acts[i].Outcome) > own.ReservationValue;
            }
        }

        return false;
    }

    private static bool IsDeadlock(ReadOnlySpan<PartyAct> acts, int parties)
    {
        for (var party = 0; party < parties; party++)
        {
            var (turns, offer) = (0, TurnView.NoOffer);
            for (var i = acts.Length - 1; i >= 0 && turns < DeadlockTurns; i--)
            {
                if (acts[i].Party != party || acts[i].Kind != NegotiatorActKind.Propose)
                {
                    continue;
                }

                if (turns > 0 && acts[i].Outcome != offer)
                {
                    return false;
                }

                (turns, offer) = (turns + 1, acts[i].Outcome);
            }

            if (turns < DeadlockTurns)
            {
                return false;
            }
        }

        return true;
    }
}
