using Market.Domain;
using Market.Domain.Strategies;
using Market.Simulations.Results;

namespace Market.Simulations.Running;

/// <summary>Makes rows of negotiations that have ended.</summary>
internal static class NegotiationRows
{
    /// <summary>How rows call an end.</summary>
    public static string WordFor(AlternatingOffersEnd end) => end switch
    {
        AlternatingOffersEnd.Agreement => "agreement",
        AlternatingOffersEnd.OutOfRounds => "out-of-rounds",
        AlternatingOffersEnd.EndedByParty => "ended-by-party",
        AlternatingOffersEnd.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, "There is no such end."),
    };
}
