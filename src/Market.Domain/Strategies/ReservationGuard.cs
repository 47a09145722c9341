using Market.Domain.Negotiating;

namespace Market.Domain.Strategies;

/// <summary>
/// Keeps a party from binding itself to what is worse for it than no agreement, whatever its strategy decides: some
/// presets concede below the reservation value, as their platforms have it.
/// </summary>
public static class ReservationGuard
{
    /// <summary>
    /// The act, if it binds to nothing irrational. Instead of an irrational outcome the rational one of least utility
    /// is proposed; instead of an irrational acceptance too.
    /// </summary>
    /// <param name="act">What the strategy decided.</param>
    /// <param name="offer">The standing offer's outcome; null without one.</param>
    /// <param name="own">The own outcomes.</param>
    public static NegotiatorAct Of(in NegotiatorAct act, Outcome? offer, RankedOutcomes own)
    {
        ArgumentNullException.ThrowIfNull(own);
        var bound = act.Kind switch
        {
            NegotiatorActKind.Propose => act.Outcome,
            NegotiatorActKind.Accept => offer,
            _ => null,
        };
        if (bound is not { } outcome || own.Utility.Of(outcome) >= own.ReservationValue)
        {
            return act;
        }

        return own.RationalCount == 0
            ? NegotiatorAct.End
            : NegotiatorAct.Propose(own.Nearest(own.ReservationValue, rationalOnly: true));
    }
}
