using System.Globalization;
using Market.Simulations.Reporting.Drawing;

namespace Market.Simulations.Reporting;

/// <summary>What went wrong: anomalies of agreements, and failures of strategies.</summary>
internal static class TroubleSection
{
    private const int RowsMax = 100;

    /// <summary>Adds it.</summary>
    public static void Write(Page page, ReportSource source)
    {
        page.Section("trouble", "Anomalies and failures");
        var anomalies = source.Rows
            .SelectMany(static row => row.Anomalies
                .Split('|', StringSplitOptions.RemoveEmptyEntries).Select(label => (Label: label, row)))
            .GroupBy(static found => found.Label)
            .OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key, StringComparer.Ordinal)
            .ToList();
        if (anomalies.Count == 0)
        {
            page.Paragraph("No negotiation has an anomaly.");
        }
        else
        {
            page.Table(
                "Anomalies",
                ["anomaly", "#negotiations", "#share", "#first", "parties most often in it"],
                anomalies.Select(group => (IReadOnlyList<string>)
                [
                    group.Key,
                    Markup.Count(group.Count()),
                    Markup.Percent((double)group.Count() / source.Rows.Count),
                    group.Min(static found => found.row.Number).ToString(CultureInfo.InvariantCulture),
                    string.Join(", ", group.SelectMany(static found => found.row.Parties.Select(static p => p.Strategy))
                        .CountBy(static name => name).OrderByDescending(static count => count.Value)
                        .ThenBy(static count => count.Key, StringComparer.Ordinal).Take(3)
                        .Select(static count => $"{count.Key} ({count.Value})")),
                ]));
        }

        WriteFailures(page, source);
    }

    private static void WriteFailures(Page page, ReportSource source)
    {
        var failures = source.Rows.Where(static row => row.Failure.Length > 0)
            .GroupBy(static row => row.Failure)
            .OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key, StringComparer.Ordinal)
            .ToList();
        if (failures.Count == 0)
        {
            page.Paragraph("No strategy failed.");
            return;
        }

        page.Table(
            failures.Count > RowsMax ? $"Failures; the first {RowsMax} of {failures.Count} kinds" : "Failures",
            ["what a strategy did wrong", "#negotiations", "#first"],
            failures.Take(RowsMax).Select(static group => (IReadOnlyList<string>)
            [
                group.Key,
                Markup.Count(group.Count()),
                group.Min(static row => row.Number).ToString(CultureInfo.InvariantCulture),
            ]));
        page.Paragraph("A negotiation that a failure ended counts as one without agreement.");
    }
}
