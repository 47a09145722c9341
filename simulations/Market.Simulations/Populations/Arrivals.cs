using System.Globalization;
using Market.Domain.Strategies;
using Market.Silo.Commands.Demo.Magentic;

namespace Market.Simulations.Populations;

/// <summary>
/// When agents come. Buyers are spread over the periods; sellers too, or all are there at the beginning. Each agent's
/// period is drawn from a stream of its own, so that one agent more changes nobody else's.
/// </summary>
/// <param name="Periods">Periods in all, at least 1.</param>
/// <param name="Patience">Periods in which a buyer tries, at least 1.</param>
/// <param name="AreSellersSpread">Whether sellers come over time, too.</param>
/// <param name="Seed">What the periods are drawn from.</param>
internal sealed record Arrivals(int Periods, int Patience, bool AreSellersSpread, ulong Seed)
{
    /// <summary>Most periods.</summary>
    public const int PeriodsMax = 1_000;

    /// <summary>What agents' ids begin with in a market that others use, too; no part of what is drawn.</summary>
    public string Mark { get; init; } = string.Empty;

    /// <summary>An agent's id without the mark.</summary>
    public string NameOf(MagenticId agent) => agent.Value[Mark.Length..];

    /// <summary>The period in which a buyer comes, from 0.</summary>
    public int OfBuyer(MagenticId buyer) => Draw("buyer", buyer);

    /// <summary>The last period in which a buyer tries.</summary>
    public int LastOfBuyer(MagenticId buyer) => Math.Min(Periods - 1, OfBuyer(buyer) + Patience - 1);

    /// <summary>The period from which on a seller is there.</summary>
    public int OfSeller(MagenticId seller) => AreSellersSpread ? Draw("seller", seller) : 0;

    /// <summary>Whether a buyer and a seller can meet at all.</summary>
    public bool Meet(MagenticId buyer, MagenticId seller) => OfSeller(seller) <= LastOfBuyer(buyer);

    /// <summary>A place in the queue of a period, for buyers that come one at a time.</summary>
    public ulong PlaceOf(MagenticId buyer, int period) =>
        Seeds.Derive(Seed, "queue", NameOf(buyer), period.ToString(CultureInfo.InvariantCulture));

    private int Draw(string side, MagenticId agent) => Periods == 1
        ? 0
        : new SeededGenerator(Seeds.Derive(Seed, "arrival", side, NameOf(agent))).Next(Periods);
}
