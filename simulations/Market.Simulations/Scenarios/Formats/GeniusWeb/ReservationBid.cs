using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Simulations.Scenarios.Formats.GeniusWeb;

/// <summary>Finds the outcome whose utility is a reservation value, where a format names that by a bid.</summary>
internal static class ReservationBid
{
    /// <summary>The outcome of the lowest index with exactly this utility; null where there is none.</summary>
    public static Outcome? Find(UtilityFunction utility)
    {
        if (OutcomeUtilities.CountOf(utility.Agenda) is not { } count)
        {
            return null;
        }

        var utilities = OutcomeUtilities.Of(utility, count);
        var index = Array.IndexOf(utilities, utility.ReservationValue);
        return index < 0 ? null : new OutcomeSpace(utility.Agenda)[index];
    }
}
