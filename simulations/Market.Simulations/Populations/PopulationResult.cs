using Market.Domain.Strategies;
using Market.Silo.Commands.Audit;

namespace Market.Simulations.Populations;

/// <summary>What a market's run has come to; amounts in cents.</summary>
/// <param name="Plan">What it followed from.</param>
/// <param name="Needs">One row a buyer.</param>
/// <param name="Offers">Offers that were made.</param>
/// <param name="Speed">Whether the first quote won more often; depends on timing.</param>
/// <param name="Elapsed">How long it took; depends on the machine.</param>
/// <param name="Audit">The verifier's report of the market's files; null where they are another's.</param>
internal sealed record PopulationResult(
    PopulationPlan Plan,
    IReadOnlyList<NeedRow> Needs,
    long Offers,
    SpeedOdds Speed,
    TimeSpan Elapsed,
    AuditReport? Audit)
{
    /// <summary>Deals of which something looks wrong.</summary>
    public int WithAnomalies => Needs.Count(static need => need.Anomalies != Anomalies.None);

    /// <summary>Needs that were met.</summary>
    public int Met => Needs.Count(static need => need.IsMet);

    /// <summary>Σ (worth − paid) of the buyers.</summary>
    public long BuyersGain => Needs.Sum(static need => need.BuyerGain);

    /// <summary>Σ (paid − floor) of the sellers.</summary>
    public long SellersGain => Needs.Sum(static need => need.SellerGain);

    /// <summary>Both together.</summary>
    public long Welfare => BuyersGain + SellersGain;

    /// <summary>The welfare of the best assignment; see <see cref="AssignmentOptimum"/>.</summary>
    public long Optimum => Needs.Sum(static need => need.OptimalGain);

    /// <summary>Welfare as a share of the optimum; null where that is 0.</summary>
    public double? WelfareShare => Optimum == 0 ? null : (double)Welfare / Optimum;

    /// <summary>
    /// What buyers would gain where each bought at the cheapest posted price that is worth it, and nobody ran out.
    /// </summary>
    public long PostedOptimum => Plan.Data.PostedOptimumCents;

    /// <summary>The mean of the buyers' shares of the gains; null without deals that have one.</summary>
    public double? MeanBuyerShare
    {
        get
        {
            var shares = Needs.Select(static need => need.BuyerShare).OfType<double>().ToList();
            return shares.Count == 0 ? null : shares.Sum() / shares.Count;
        }
    }
}
