using Market.Simulations.Statistics;

namespace Market.Simulations.Reporting;

/// <summary>What the figures are, and what they rest on.</summary>
internal static class MethodSection
{
    /// <summary>Adds it.</summary>
    public static void Write(Page page, ReportSource source)
    {
        page.Section("method", "Method");
        foreach (var sentence in Evidence(source))
        {
            page.Paragraph(sentence);
        }

        page.Terms(
        [
            ("Means", "In each scenario the mean over a strategy's negotiations with others; then the mean over " +
                "scenarios. Figures of agreements alone weigh a scenario by its share of agreements."),
            ("Intervals", $"95 %, by {source.Statistics.Options.Resamples} resamples of whole scenarios, bias-corrected " +
                "and accelerated (Efron 1987). None where a single scenario defines the figure."),
            ("Wilcoxon signed-rank test", "Of differences of scenario means, two-sided; zero differences are left out; " +
                $"exact up to {WilcoxonSignedRank.ExactMax} differences, ties included, else by the normal " +
                "approximation with corrections for ties and continuity (Wilcoxon 1945)."),
            ("Holm's correction", "Over all pairs: to reject p ≤ 0.05 keeps the chance of any false finding at 5 % " +
                "(Holm 1979)."),
            ("Effect sizes", "Matched-pairs rank-biserial correlation (Kerby 2014); Cohen's d with the root of the mean " +
                "variance of scenario means (Cohen 1988); Cliff's δ (Cliff 1993)."),
            ("The game between strategies", "Symmetric equilibria by support enumeration for up to 10 strategies, and by " +
                "the paths of Lemke and Howson (1964) for any number; replicator dynamics (Taylor and Jonker 1978); " +
                "the equilibrium nearest to the largest basin ranks, by regret (Jordan, Kiekintveld and Wellman 2007)."),
            .. Measures.All.Select(static measure => (measure.Name, measure.Meaning)),
        ]);
    }

    private static IEnumerable<string> Evidence(ReportSource source)
    {
        var evidence = source.Statistics.Evidence;
        yield return $"The scenario is the unit: {evidence.Scenarios} independent observations, however many " +
            $"negotiations each of them has. {evidence.SelfPlay} of {evidence.Negotiations} negotiations are of a " +
            "strategy with itself; they stand apart, and enter only the game between strategies.";
        yield return $"{evidence.PairsOnce} pairs of strategies ran once a scenario and order" +
            (evidence.PairsRepeated > 0 ? $", {evidence.PairsRepeated} were repeated." : ".") +
            (source.Info.RepetitionsLeftOut > 0
                ? $" {source.Info.RepetitionsLeftOut} repetitions were left out: strategies without chance do the same each " +
                    "time, which is no replication."
                : string.Empty);
        if (evidence.WithoutScore > 0)
        {
            yield return $"{evidence.WithoutScore} results do not define the ranking's measure, for example a " +
                "disagreement with a reservation value of −∞, and are left out of its means.";
        }
    }
}
