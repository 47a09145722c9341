using System.Globalization;
using Market.Silo.Commands.Audit;
using Market.Silo.Commands.Demo;
using Spectre.Console;

namespace Market.Simulations.Populations;

/// <summary>A market's run for people.</summary>
internal static class PopulationText
{
    /// <summary>Writes it; without colour codes where the writer is no terminal.</summary>
    public static void Write(TextWriter output, PopulationResult result)
    {
        var console = AuditConsole.Over(output);
        WritePeriods(console, result);
        var table = AuditConsole.NewTable(string.Empty, "value", "what it is");
        table.Columns[1].RightAligned();
        table.Add("needs met", $"{result.Met} of {result.Needs.Count}", "needs that a settled deal has met");
        table.Add("offers", Invariant($"{result.Offers}"), "firm and indicative");
        table.Add("customer utility", Units(result.BuyersGain), "Σ worth − paid");
        table.Add("business surplus", Units(result.SellersGain), "Σ paid − least acceptable");
        table.Add("welfare", Units(result.Welfare), "both together");
        table.Add("optimum", Units(result.Optimum), "welfare of the best assignment of buyers to sellers");
        table.Add("welfare/optimum", Percent(result.WelfareShare), "what was won of what could be");
        table.Add("posted prices", Units(result.PostedOptimum), "customer utility at the cheapest posted prices");
        table.Add("buyers' share", Percent(result.MeanBuyerShare), "mean share of a deal's gains");
        table.Add(
            "anomalies", Invariant($"{result.WithAnomalies}"),
            "deals over budget, below cost, overpaid or substituted");
        table.Add("first quote wins", Percent(result.Speed.Share), Contested(result.Speed));
        table.Add("odds", Odds(result.Speed.Ratio), "of the first quote against chance; 1: speed does not matter");
        console.Write(table);
        output.WriteLine(Invariant(
            $"{PlanOf(result)} took {result.Elapsed.TotalSeconds:F1} seconds; the last two rows depend on timing."));
        if (result.Audit is { } audit)
        {
            AuditTables.Write(output, audit);
        }
        else
        {
            output.WriteLine("The books are the running market's: its operator audits them by `market audit verify`.");
        }

        static string PlanOf(PopulationResult result) =>
            $"{result.Plan.Source}, {result.Plan.Buyers.Name} against {result.Plan.Sellers.Name},";
    }

    private static void WritePeriods(IAnsiConsole console, PopulationResult result)
    {
        if (result.Plan.Arrivals.Periods == 1)
        {
            return;
        }

        var table = AuditConsole.NewTable("period", "needs", "met", "mean paid", "buyers' gain", "sellers' gain");
        foreach (var column in table.Columns)
        {
            column.RightAligned();
        }

        foreach (var period in result.Needs.GroupBy(static need => need.Period).OrderBy(static group => group.Key))
        {
            var met = period.Where(static need => need.IsMet).ToList();
            table.Add(
                Invariant($"{period.Key}"),
                Invariant($"{period.Count()}"),
                Invariant($"{met.Count}"),
                met.Count == 0 ? string.Empty : Units(met.Sum(static need => need.Paid) / met.Count),
                Units(period.Sum(static need => need.BuyerGain)),
                Units(period.Sum(static need => need.SellerGain)));
        }

        console.Write(table);
    }

    private static string Contested(SpeedOdds speed) => Invariant(
        $"share of {speed.Needs} needs with two or more quotes; by chance {Percent(speed.Chance)}");

    private static string Units(long cents) => DemoText.DollarsOf(cents);

    private static string Percent(double? share) =>
        share is { } value ? Invariant($"{value * 100:F1} %") : "undefined";

    private static string Odds(double? odds) => odds is { } value ? Invariant($"{value:F3}") : "undefined";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
