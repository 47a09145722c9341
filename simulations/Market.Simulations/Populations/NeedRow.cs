using Market.Domain.Strategies;

namespace Market.Simulations.Populations;

/// <summary>One need of a market's run, and what became of it; amounts in cents. A line of needs.csv.</summary>
/// <param name="Buyer">Who needed something.</param>
/// <param name="Period">When it came, from 0.</param>
/// <param name="Matching">Sellers that have all that it asks for and that it can meet.</param>
/// <param name="Seller">From whom it bought; empty for nobody.</param>
/// <param name="Rounds">Rounds of the negotiation until then.</param>
/// <param name="IsPosted">Whether it bought at the posted price.</param>
/// <param name="Posted">The posted price at that seller.</param>
/// <param name="Floor">The least that the seller would have taken.</param>
/// <param name="Limit">What the order is worth to the buyer.</param>
/// <param name="Paid">What was paid.</param>
/// <param name="OptimalSeller">Its seller in the assignment of the largest welfare; empty for none.</param>
/// <param name="OptimalGain">What that deal would be worth to both together.</param>
/// <param name="Anomalies">What looks wrong about the deal; see <see cref="NeedLabels"/>.</param>
internal sealed record NeedRow(
    string Buyer,
    int Period,
    int Matching,
    string Seller,
    int Rounds,
    bool IsPosted,
    long Posted,
    long Floor,
    long Limit,
    long Paid,
    string OptimalSeller,
    long OptimalGain,
    Anomalies Anomalies = Anomalies.None)
{
    /// <summary>Whether the need was met.</summary>
    public bool IsMet => Seller.Length > 0;

    /// <summary>What the buyer gained.</summary>
    public long BuyerGain => IsMet ? Limit - Paid : 0;

    /// <summary>What the seller gained.</summary>
    public long SellerGain => IsMet ? Paid - Floor : 0;

    /// <summary>The buyer's share of both gains; null without a positive sum.</summary>
    public double? BuyerShare => IsMet && Limit > Floor ? (double)BuyerGain / (Limit - Floor) : null;
}
