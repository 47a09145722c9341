using Market.Simulations.Reporting.Drawing;
using Market.Simulations.Statistics;

namespace Market.Simulations.Reporting;

/// <summary>Strategies by their mean against others; with themselves, apart.</summary>
internal static class RankingSection
{
    private static readonly string[] Shown =
    [
        "agreementRate", "roundsToAgreement", "utility", "utilityOfAgreements", "discountedUtility", "advantage",
        "welfare", "paretoOptimality", "nashOptimality", "kalaiOptimality", "maxWelfareOptimality",
    ];

    /// <summary>Adds it.</summary>
    public static void Write(Page page, ReportSource source)
    {
        var statistics = source.Statistics;
        var measure = statistics.Options.Measure;
        page.Section("ranking", "Ranking");
        page.Paragraph(
            $"Mean {measure.Name} against other strategies, each scenario counting alike, with 95 % intervals by " +
            "drawing whole scenarios again.");
        page.Figure(
            SvgIntervalPlot.Draw(
                "Ranking of strategies",
                $"mean {measure.Name}",
                [.. statistics.Strategies.Select(strategy => (strategy.Name, strategy[measure]))]),
            "Intervals that overlap do not mean that two strategies are alike: comparisons, below, match scenarios.");
        page.Table(
            "Strategies against others",
            Columns(),
            statistics.Strategies.Select(static strategy => Row(strategy.Name, strategy.Others, strategy.Figures)));
        if (statistics.Evidence.SelfPlay > 0)
        {
            page.Heading("With itself");
            page.Table(
                "Each strategy against itself; both parties count",
                Columns(),
                statistics.Strategies.Where(static strategy => strategy.Self.Count > 0)
                    .Select(static strategy => Row(strategy.Name, strategy.Self, strategy.SelfFigures)));
        }
    }

    private static List<string> Columns() =>
        ["strategy", "#parties", "#scenarios", .. Shown.Select(static key => "#" + Measures.Find(key)!.Name)];

    private static List<string> Row(
        string name, ObservationTable observations, IReadOnlyDictionary<string, Estimate> figures) =>
        [
            name,
            Markup.Count(observations.Count),
            Markup.Count(observations.Scenarios),
            .. Shown.Select(key => key switch
            {
                "agreementRate" => Markup.Percent(figures[key].Value),
                "roundsToAgreement" => Markup.Number(figures[key].Value, 1),
                _ => FigureText.Of(figures[key]),
            }),
        ];
}
