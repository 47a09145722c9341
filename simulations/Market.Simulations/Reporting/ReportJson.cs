using System.Text.Json;
using Market.Simulations.Statistics;

namespace Market.Simulations.Reporting;

/// <summary>A report's figures as JSON, an object a line; numbers have ten significant digits.</summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes them: evidence, strategies, pairs, comparisons, equilibria, attractors.</summary>
    public static void Write(ReportSource source, TextWriter to)
    {
        var statistics = source.Statistics;
        WriteEvidence(statistics, to);
        foreach (var strategy in statistics.Strategies)
        {
            Line(to, new
            {
                kind = "strategy",
                name = strategy.Name,
                figures = Figures(strategy.Figures),
                withItself = Figures(strategy.SelfFigures),
                spread = Round(strategy.Spread),
                scenariosForTwoHundredths = strategy.ScenariosFor(0.02),
            });
        }

        foreach (var pair in statistics.Pairs)
        {
            Line(to, new
            {
                kind = "pair",
                strategy = pair.Strategy,
                opponent = pair.Opponent,
                parties = pair.Observations.Count,
                ranOnce = pair.RanOnce,
                score = Figure(pair.Score),
                agreementRate = Figure(pair.AgreementRate),
                roundsToAgreement = Figure(pair.Rounds),
                welfare = Figure(pair.Welfare),
            });
        }

        foreach (var comparison in statistics.Comparisons)
        {
            Line(to, Comparison(comparison, "comparison", $"{comparison.First} minus {comparison.Second}"));
        }

        WriteGame(source, to);
    }

    /// <summary>A comparison as an object.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="kind">What the object is.</param>
    /// <param name="name">What is compared.</param>
    public static object Comparison(StrategyComparison comparison, string kind, string name) => new
    {
        kind,
        name,
        difference = Figure(comparison.Difference),
        p = Round(comparison.Wilcoxon.P),
        pHolm = Round(comparison.AdjustedP),
        pIsExact = comparison.Wilcoxon.IsExact,
        rankBiserial = Round(comparison.Wilcoxon.RankBiserial),
        cohenD = Round(comparison.CohenD),
        cliffDelta = Round(comparison.CliffDelta),
    };

    /// <summary>A figure as an object.</summary>
    public static object Figure(Estimate figure) => new
    {
        value = Round(figure.Value),
        low = Round(figure.Interval?.Low),
        high = Round(figure.Interval?.High),
        scenarios = figure.Scenarios,
    };

    /// <summary>A number with ten significant digits; null where JSON has no word for it.</summary>
    public static double? Round(double? number) => number is { } value && double.IsFinite(value)
        ? double.Parse(
            value.ToString("G10", System.Globalization.CultureInfo.InvariantCulture),
            System.Globalization.CultureInfo.InvariantCulture)
        : null;

    /// <summary>Writes an object as a line.</summary>
    public static void Line(TextWriter to, object line) => to.WriteLine(JsonSerializer.Serialize(line, Plain));

    private static void WriteEvidence(TournamentStatistics statistics, TextWriter to) => Line(to, new
    {
        kind = "evidence",
        measure = statistics.Options.Measure.Key,
        seed = statistics.Options.Seed,
        resamples = statistics.Options.Resamples,
        negotiations = statistics.Evidence.Negotiations,
        scenarios = statistics.Evidence.Scenarios,
        strategies = statistics.Evidence.Strategies,
        selfPlay = statistics.Evidence.SelfPlay,
        failed = statistics.Evidence.Failed,
        pairsOnce = statistics.Evidence.PairsOnce,
        pairsRepeated = statistics.Evidence.PairsRepeated,
        withoutScore = statistics.Evidence.WithoutScore,
    });

    private static Dictionary<string, object> Figures(IReadOnlyDictionary<string, Estimate> figures) =>
        Measures.All.ToDictionary(static measure => measure.Key, measure => Figure(figures[measure.Key]));

    private static void WriteGame(ReportSource source, TextWriter to)
    {
        if (source.Ranking is not { } ranking)
        {
            Line(to, new { kind = "noGame", why = source.WhyNoRanking });
            return;
        }

        foreach (var move in ranking.Moves)
        {
            Line(to, new
            {
                kind = "rankedByRegret",
                strategy = move.Strategy,
                regret = Round(move.Regret),
                share = Round(move.Share),
                replicatorShare = Round(move.ReplicatorShare),
                inResampledEquilibria = Round(move.Support),
            });
        }

        foreach (var equilibrium in ranking.Equilibria)
        {
            Line(to, new
            {
                kind = "equilibrium",
                ranks = ReferenceEquals(equilibrium, ranking.Chosen),
                value = Round(equilibrium.Value),
                shares = Shares(equilibrium.Shares),
            });
        }

        foreach (var attractor in ranking.Attractors)
        {
            Line(to, new
            {
                kind = "attractor",
                basin = Round(attractor.Basin),
                rests = attractor.IsSettled,
                shares = Shares(attractor.Shares),
            });
        }

        Dictionary<string, double?> Shares(IReadOnlyList<double> shares) => Enumerable.Range(0, shares.Count)
            .Where(move => shares[move] > 1e-6)
            .ToDictionary(move => ranking.Game.Strategies[move], move => Round(shares[move]));
    }
}
