using Market.Domain;
using Market.Domain.Strategies;
using Market.Silo.Commands.Demo.Magentic;

namespace Market.Simulations.Populations;

/// <summary>Everything that a market's run follows from.</summary>
/// <param name="Source">Where the agents come from, in words.</param>
/// <param name="Data">Everybody's files; each agent is given its own.</param>
/// <param name="Arrivals">When agents come.</param>
/// <param name="Buyers">How buyers concede.</param>
/// <param name="Sellers">How sellers concede.</param>
/// <param name="Stock">Orders that each seller can serve; null where that is no limit.</param>
internal sealed record PopulationPlan(
    string Source,
    MagenticMarket Data,
    Arrivals Arrivals,
    TimeDependentPreset Buyers,
    TimeDependentPreset Sellers,
    long? Stock)
{
    /// <summary>
    /// Whether buyers of a period come one after another: where sellers can run out, so that who gets the last piece is
    /// no matter of speed.
    /// </summary>
    public bool IsOneAtATime => Stock is not null;

    /// <summary>
    /// The same agents with marked names and a mark that buyers ask for, so that they find only each other in a market
    /// that others use, too.
    /// </summary>
    public PopulationPlan Marked(string mark) => this with
    {
        Arrivals = Arrivals with { Mark = mark },
        Data = new MagenticMarket(
            Data.Customers.Select(own => own with
            {
                Profile = own.Profile with
                {
                    Id = new MagenticId(mark + own.Profile.Id.Value),
                    Amenities = [.. own.Profile.Amenities, mark],
                },
            }).ToValueArray(),
            Data.Businesses.Select(own => own with
            {
                Profile = own.Profile with
                {
                    Id = new MagenticId(mark + own.Profile.Id.Value),
                    Amenities = [.. own.Profile.Amenities, mark],
                },
            }).ToValueArray()),
    };

    /// <summary>The businesses with their stock.</summary>
    public IEnumerable<MagenticBusiness> Stocked => Data.Businesses.Select(own => Stock is { } stock
        ? own with { Profile = own.Profile with { Stock = stock } }
        : own);
}
