using Market.Silo.Commands.Demo.Magentic;

namespace Market.Simulations.Populations;

/// <summary>
/// Whether the first quote wins more often than it would by chance: [p/(1−p)]/[q/(1−q)], p the share of awards to the
/// first-arrived quote among needs with two or more quotes, q the mean of 1/k over them, k the quotes of a need. 1 says
/// that speed does not matter. The order of arrival is that in which the market recorded the first firm offers; it
/// depends on timing, so this is no part of what a seed determines.
/// </summary>
/// <param name="Needs">Needs that were met and had two or more quotes.</param>
/// <param name="ToFirst">Those that went to the first-arrived one.</param>
/// <param name="Chance">q; null without such needs.</param>
internal sealed record SpeedOdds(int Needs, int ToFirst, double? Chance)
{
    /// <summary>p; null without such needs.</summary>
    public double? Share => Needs == 0 ? null : (double)ToFirst / Needs;

    /// <summary>The odds ratio; null where it is not defined: no such needs, or all of them to the first.</summary>
    public double? Ratio => Share is { } p && Chance is { } q && p < 1 && q < 1 ? p / (1 - p) / (q / (1 - q)) : null;

    /// <summary>Counts them.</summary>
    public static SpeedOdds Of(IEnumerable<MagenticSale> sales)
    {
        var contested = sales.Where(static sale => sale.Quotes >= 2).OrderBy(static sale => sale.Customer).ToList();
        return new SpeedOdds(
            contested.Count,
            contested.Count(static sale => sale.FirstQuote == sale.Price.Business),
            contested.Count == 0 ? null : contested.Sum(static sale => 1.0 / sale.Quotes) / contested.Count);
    }
}
