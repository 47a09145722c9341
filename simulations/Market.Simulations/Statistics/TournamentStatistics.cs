using Market.Simulations.Results;

namespace Market.Simulations.Statistics;

/// <summary>The statistics of a run: strategies, pairs of them, comparisons, and what all that rests on.</summary>
/// <param name="Options">How they were made.</param>
/// <param name="Strategies">Each strategy, the highest mean first; ties in the order of names.</param>
/// <param name="Pairs">Each strategy against each that it met, in the order of names.</param>
/// <param name="Comparisons">Each strategy with each below it.</param>
/// <param name="Evidence">What they rest on.</param>
internal sealed record TournamentStatistics(
    StatisticsOptions Options,
    IReadOnlyList<StrategyStatistics> Strategies,
    IReadOnlyList<PairStatistics> Pairs,
    IReadOnlyList<StrategyComparison> Comparisons,
    Evidence Evidence)
{
    /// <summary>Works them out. The same rows and options give the same figures.</summary>
    public static TournamentStatistics Of(IReadOnlyCollection<NegotiationRow> rows, StatisticsOptions options)
    {
        var others = new SortedDictionary<string, ObservationTable>(StringComparer.Ordinal);
        var self = new SortedDictionary<string, ObservationTable>(StringComparer.Ordinal);
        var pairs = new SortedDictionary<(string, string), ObservationTable>(PairOrder.Instance);
        foreach (var row in rows)
        {
            for (var seat = 0; seat < row.Parties.Count; seat++)
            {
                var observation = new Observation(row, seat);
                var name = observation.Party.Strategy;
                Table(others, name);
                Table(row.IsSelfPlay ? self : others, name).Add(observation);
                foreach (var opponent in Opponents(row, seat))
                {
                    Table(pairs, (name, opponent)).Add(observation);
                }
            }
        }

        var strategies = others.Keys
            .Select(name => Strategy(name, others[name], self.GetValueOrDefault(name) ?? new(), options))
            .OrderByDescending(strategy => strategy[options.Measure].Value ?? double.NegativeInfinity)
            .ThenBy(static strategy => strategy.Name, StringComparer.Ordinal)
            .ToList();
        var pairStatistics = pairs.Select(pair => Pair(pair.Key, pair.Value, options)).ToList();
        return new TournamentStatistics(
            options, strategies, pairStatistics, Compare(strategies, options),
            EvidenceOf(rows, others.Count, pairStatistics, options));
    }

    /// <summary>How a strategy does against another; null where they have not met.</summary>
    public PairStatistics? Pair(string strategy, string opponent) =>
        Pairs.FirstOrDefault(pair => pair.Strategy == strategy && pair.Opponent == opponent);

    // Several parties of one strategy are one opponent.
    private static IEnumerable<string> Opponents(NegotiationRow row, int seat) => row.Parties
        .Where((_, other) => other != seat).Select(static party => party.Strategy).Distinct();

    private static ObservationTable Table<TKey>(SortedDictionary<TKey, ObservationTable> tables, TKey key)
        where TKey : notnull
    {
        if (!tables.TryGetValue(key, out var table))
        {
            tables.Add(key, table = new ObservationTable());
        }

        return table;
    }

    private static StrategyStatistics Strategy(
        string name, ObservationTable others, ObservationTable self, StatisticsOptions options) => new(
        name,
        others,
        self,
        Measures.All.ToDictionary(static m => m.Key, measure => others.Estimate(measure, options, name)),
        Measures.All.ToDictionary(
            static m => m.Key, measure => self.Estimate(measure, options, name + " with itself")),
        Spread.Of([.. others.Means(options.Measure).Values]));

    private static PairStatistics Pair(
        (string Strategy, string Opponent) names, ObservationTable observations, StatisticsOptions options)
    {
        var owner = $"{names.Strategy} against {names.Opponent}";
        return new PairStatistics(
            names.Strategy,
            names.Opponent,
            observations,
            observations.Estimate(options.Measure, options, owner),
            observations.Estimate(Measures.AgreementRate, options, owner),
            observations.Estimate(Measures.Rounds, options, owner),
            observations.Estimate(Measures.Welfare, options, owner),
            observations.All.All(static observation => observation.Row.Repetition == 0));
    }

    private static IReadOnlyList<StrategyComparison> Compare(
        List<StrategyStatistics> strategies, StatisticsOptions options)
    {
        var means = strategies.ConvertAll(strategy => strategy.Others.Means(options.Measure));
        return MatchedComparisons.Of(
            from i in Enumerable.Range(0, strategies.Count)
            from j in Enumerable.Range(i + 1, strategies.Count - i - 1)
            select (strategies[i].Name, strategies[j].Name, means[i], means[j]),
            options);
    }

    private static Evidence EvidenceOf(
        IReadOnlyCollection<NegotiationRow> rows, int strategies, List<PairStatistics> pairs, StatisticsOptions options)
    {
        var met = pairs.Where(static pair => string.CompareOrdinal(pair.Strategy, pair.Opponent) <= 0).ToList();
        return new Evidence(
            rows.Count,
            rows.Select(static row => row.Scenario).Distinct().Count(),
            strategies,
            rows.Count(static row => row.IsSelfPlay),
            rows.Count(static row => row.Failure.Length > 0),
            met.Count(static pair => pair.RanOnce),
            met.Count(static pair => !pair.RanOnce),
            rows.Sum(row => Enumerable.Range(0, row.Parties.Count)
                .Count(seat => options.Measure.Of(new Observation(row, seat)) is not { } u || !double.IsFinite(u))));
    }

    private sealed class PairOrder : IComparer<(string First, string Second)>
    {
        public static PairOrder Instance { get; } = new();

        public int Compare((string First, string Second) x, (string First, string Second) y) =>
            string.CompareOrdinal(x.First, y.First) is not 0 and var order
                ? order
                : string.CompareOrdinal(x.Second, y.Second);
    }
}
