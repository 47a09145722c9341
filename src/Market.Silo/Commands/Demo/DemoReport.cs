using System.Globalization;
using Market.Silo.Commands.Audit;
using Spectre.Console;

namespace Market.Silo.Commands.Demo;

/// <summary>A demonstration's outcome for people: the deals, what they add up to, and the audit.</summary>
internal static class DemoReport
{
    /// <summary>Writes it; without colour codes where the writer is no terminal.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="outcome">What it came to.</param>
    /// <param name="headings">The headings of the columns that say who traded what.</param>
    /// <param name="describe">Those columns of one deal.</param>
    public static void Write<T>(
        TextWriter output, DemoOutcome<T> outcome, string[] headings, Func<T, string[]> describe)
        where T : IDemoDeal
    {
        var table = AuditConsole.NewTable(
            [.. headings, "seller's\nlimit", "\nprice", "buyer's\nlimit", "gains of\nbuyer : seller"]);
        foreach (var column in table.Columns.Skip(headings.Length))
        {
            column.RightAligned().NoWrap();
        }

        foreach (var deal in outcome.Deals)
        {
            table.Add([.. describe(deal), .. AmountsOf(deal)]);
        }

        AuditConsole.Over(output).Write(table);
        output.WriteLine(
            $"{outcome.Deals.Count} of {outcome.Needs} needs met in {Seconds(outcome.Elapsed)} seconds by "
            + $"{outcome.Offers} offers; buyers gain {DemoText.DollarsOf(outcome.BuyersSurplusCents)} USD, sellers "
            + $"{DemoText.DollarsOf(outcome.SellersSurplusCents)} USD.");
        AuditTables.Write(output, outcome.Audit);
    }

    private static string[] AmountsOf(IDemoDeal deal) =>
    [
        DemoText.DollarsOf(deal.FloorCents),
        DemoText.DollarsOf(deal.PaidCents),
        DemoText.DollarsOf(deal.LimitCents),
        $"{DemoText.DollarsOf(deal.BuyerSurplusCents)} : {DemoText.DollarsOf(deal.SellerSurplusCents)}",
    ];

    private static string Seconds(TimeSpan elapsed) =>
        elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
}
