using Market.Simulations.Reporting.Drawing;
using Market.Simulations.Statistics;

namespace Market.Simulations.Reporting;

/// <summary>What came out, in a few numbers and sentences.</summary>
internal static class SummarySection
{
    private const int FewScenarios = 10;
    private const double ScalesApart = 20;

    /// <summary>Adds it.</summary>
    public static void Write(Page page, ReportSource source)
    {
        var evidence = source.Statistics.Evidence;
        page.Section("summary", "Summary");
        if (!source.Info.Complete)
        {
            page.Paragraph(
                $"The run is not complete: {evidence.Negotiations} of {source.Info.Negotiations} are here.",
                "warning");
        }

        page.Tiles(
        [
            (Markup.Count(evidence.Negotiations), "negotiations"),
            (Markup.Count(evidence.Strategies), "strategies"),
            (Markup.Count(evidence.Scenarios), "scenarios"),
            (Markup.Percent(source.Rows.Count == 0 ? null
                : (double)source.Rows.Count(static row => row.IsAgreement) / source.Rows.Count), "agreements"),
            (Markup.Count(evidence.Failed), "failures of strategies"),
        ]);
        foreach (var sentence in Sentences(source.Statistics).Append(MetaGame(source)))
        {
            page.Paragraph(sentence, "lead");
        }

        if (evidence.Scenarios < FewScenarios)
        {
            page.Paragraph(
                $"There are only {evidence.Scenarios} scenarios, and the scenario is what counts as one observation: " +
                "intervals are rough, and small differences cannot be found.",
                "warning");
        }

        foreach (var note in source.Notes.Concat(Scales(source)).Concat(Unbounded(source)))
        {
            page.Paragraph(note);
        }
    }

    private static IEnumerable<string> Sentences(TournamentStatistics statistics)
    {
        var measure = statistics.Options.Measure;
        if (statistics.Strategies is not [var best, ..] || best[measure].Value is null)
        {
            yield return "No strategy has met another one.";
            yield break;
        }

        yield return $"{best.Name} has the highest mean {measure.Name} against others: " +
            $"{FigureText.Of(best[measure])}.";
        if (statistics.Comparisons.FirstOrDefault(comparison => comparison.First == best.Name) is not { } next)
        {
            yield break;
        }

        yield return next.AdjustedP < 0.05
            ? $"It is above {next.Second} by {FigureText.Of(next.Difference)} " +
                $"({FigureText.PInSentence(next.AdjustedP)} after Holm's correction)."
            : $"Whether it is better than {next.Second} cannot be said: the difference is " +
                $"{FigureText.Of(next.Difference)}, {FigureText.PInSentence(next.AdjustedP)} after Holm's correction.";
    }

    private static IEnumerable<string> Scales(ReportSource source)
    {
        var scales = source.Rows
            .GroupBy(static row => row.Scenario)
            .Select(static group => group.SelectMany(static row => row.Parties)
                .Select(static party => Math.Abs(party.Utility)).Where(double.IsFinite).DefaultIfEmpty().Max())
            .Where(static scale => scale > 0).ToList();
        if (scales.Count > 1 && scales.Max() > ScalesApart * scales.Min())
        {
            yield return "Utilities of these scenarios are on different scales, such as money and shares: means of " +
                "utility and welfare say most about those with the largest numbers. Advantage has one scale.";
        }
    }

    private static IEnumerable<string> Unbounded(ReportSource source)
    {
        var count = source.Rows.Count(static row => row.Parties.Any(static party => !double.IsFinite(party.Utility)));
        if (count > 0)
        {
            yield return $"{Markup.Count(count)} negotiations ended without agreement where a reservation value is " +
                "−∞: means of utility and welfare leave them out.";
        }
    }

    private static string MetaGame(ReportSource source)
    {
        if (source.Ranking is not { } ranking)
        {
            return $"There is no ranking by the game between strategies: {source.WhyNoRanking}";
        }

        var used = ranking.Chosen.Support.OrderByDescending(move => ranking.Chosen.Shares[move])
            .Select(move => $"{ranking.Game.Strategies[move]} ({Markup.Percent(ranking.Chosen.Shares[move], 0)})");
        return $"Where everybody chooses a strategy knowing what the others choose, the equilibrium is " +
            $"{string.Join(", ", used)}.";
    }
}
