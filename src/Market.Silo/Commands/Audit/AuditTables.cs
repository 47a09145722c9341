using System.Globalization;
using Spectre.Console;

namespace Market.Silo.Commands.Audit;

/// <summary>A report for people.</summary>
public static class AuditTables
{
    private const int ErrorsShownMax = 10;

    /// <summary>Writes a report as tables; without colour codes where the writer is not a terminal.</summary>
    public static void Write(TextWriter writer, AuditReport report)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(report);
        var console = AuditConsole.Over(writer);
        var table = AuditConsole.NewTable("audit of", report.Market);
        table.Add("rows in streams", $"{Number(report.Rows)} in {Number(report.Streams)}");
        table.Add("ledger entries", Number(report.Entries));
        table.Add("accounts of assets", $"{Number(report.Accounts)} of {Number(report.Assets)}");
        table.Add(
            "deals",
            $"{Number(report.Deals)}: {Number(report.DealsSettled)} settled, {Number(report.DealsFailed)} failed, " +
            $"{Number(report.InProgress)} in progress");
        table.Add("open holds", Number(report.OpenHolds));
        table.Add("trial balance zero", YesOrNo(report.TrialBalanceZero));
        foreach (var line in report.TrialBalance)
        {
            table.Add($"  sum of {line.Asset}", Number(line.Sum));
        }

        table.Add("chain verified", YesOrNo(report.ChainVerified));
        table.Add("signatures verified", Number(report.SignaturesVerified));
        table.Add(
            "receipts verified",
            report.ReceiptsUnchecked == 0
                ? Number(report.ReceiptsVerified)
                : $"{Number(report.ReceiptsVerified)}, and {Number(report.ReceiptsUnchecked)} whose key is not here");
        table.Add(
            "checkpoints contained",
            report.CheckpointedUpTo == 0
                ? "none were given: that no last entries are missing is not known"
                : $"{Number(report.CheckpointsContained)}, up to entry {Number(report.CheckpointedUpTo)}");
        table.Add("oversold", Number(report.Oversold));
        table.Add("settled twice", Number(report.SettledTwice));
        table.Add("errors", Number(report.ErrorCount));
        console.Write(table);
        WriteErrors(console, report);
    }

    private static void WriteErrors(IAnsiConsole console, AuditReport report)
    {
        if (report.Errors.Count == 0)
        {
            return;
        }

        var table = AuditConsole.NewTable("position", "stream", "version", "what is wrong");
        foreach (var error in report.Errors.Take(ErrorsShownMax))
        {
            table.Add(Place(error.Position), Place(error.Stream), Place(error.Version), error.What);
        }

        console.Write(table);
    }

    private static string Place(long place) => place == 0 ? "-" : place.ToString(CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string YesOrNo(bool value) => value ? "yes" : "no";
}
