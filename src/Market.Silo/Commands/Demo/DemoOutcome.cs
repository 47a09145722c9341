using Market.Silo.Commands.Audit;

namespace Market.Silo.Commands.Demo;

/// <summary>What a demonstration has come to.</summary>
/// <typeparam name="T">A deal, with what both sides could have gone to.</typeparam>
/// <param name="Seed">What it was seeded with.</param>
/// <param name="Needs">Needs that there were.</param>
/// <param name="Deals">The deals, in an order that depends on no timing.</param>
/// <param name="Offers">Offers that were made, firm and indicative.</param>
/// <param name="Elapsed">From the first connection to the last buyer's end.</param>
/// <param name="Audit">What the verifier says of the market's files.</param>
internal sealed record DemoOutcome<T>(
    ulong Seed, int Needs, IReadOnlyList<T> Deals, long Offers, TimeSpan Elapsed, AuditReport Audit)
    where T : IDemoDeal
{
    /// <summary>What all buyers together have gained, in cents.</summary>
    public long BuyersSurplusCents => Deals.Sum(static deal => deal.BuyerSurplusCents);

    /// <summary>What all sellers together have gained, in cents.</summary>
    public long SellersSurplusCents => Deals.Sum(static deal => deal.SellerSurplusCents);
}
