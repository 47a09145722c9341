using Market.Simulations.Results;
using Market.Simulations.Statistics;

namespace Market.Simulations.Reporting;

/// <summary>
/// Two runs beside each other. Negotiations are the same where scenario, rotation, repetition, swept value and the
/// strategies in their seats are.
/// </summary>
/// <param name="Options">How the statistics were made.</param>
/// <param name="Settings">What was set differently; empty where all is alike.</param>
/// <param name="Common">Number of negotiations that both have.</param>
/// <param name="OnlyFirst">Number of those that only the first has.</param>
/// <param name="OnlySecond">Number of those that only the second has.</param>
/// <param name="DigestsEqual">Number of common negotiations in which every act is the same.</param>
/// <param name="Different">Common negotiations that differ, in the order of the first run.</param>
/// <param name="Strategies">
/// For each strategy the second run minus the first, over common negotiations matched by scenario.
/// </param>
/// <param name="Pairs">The same for each strategy against each.</param>
/// <param name="Scenarios">The same for each scenario: the mean over all common negotiations and parties.</param>
internal sealed record FolderComparison(
    StatisticsOptions Options,
    IReadOnlyList<SettingDifference> Settings,
    int Common,
    int OnlyFirst,
    int OnlySecond,
    int DigestsEqual,
    IReadOnlyList<RowDifference> Different,
    IReadOnlyList<StrategyComparison> Strategies,
    IReadOnlyList<StrategyComparison> Pairs,
    IReadOnlyList<ScenarioDifference> Scenarios)
{
    /// <summary>Whether both have the same negotiations with the same acts.</summary>
    public bool IsSame => OnlyFirst == 0 && OnlySecond == 0 && DigestsEqual == Common;

    /// <summary>Compares them.</summary>
    public static FolderComparison Of(ResultFolder first, ResultFolder second, StatisticsOptions options)
    {
        var others = new Dictionary<string, NegotiationRow>(StringComparer.Ordinal);
        foreach (var row in second.Rows)
        {
            others[KeyOf(row)] = row;
        }

        List<(NegotiationRow First, NegotiationRow Second)> common = [];
        foreach (var row in first.Rows)
        {
            if (others.TryGetValue(KeyOf(row), out var other))
            {
                common.Add((row, other));
            }
        }

        // What only one of them has cannot be matched, and would shift the means.
        List<NegotiationRow> ours = common.ConvertAll(static pair => pair.First);
        List<NegotiationRow> theirs = common.ConvertAll(static pair => pair.Second);
        return new FolderComparison(
            options,
            SettingDifference.Between(first.Info, second.Info),
            common.Count,
            first.Rows.Count - common.Count,
            others.Count - common.Count,
            common.Count(static pair => pair.First.Digest == pair.Second.Digest),
            [.. common.Where(static pair => pair.First.Digest != pair.Second.Digest)
                .Select(static pair => new RowDifference(pair.First, pair.Second))],
            Compare(ours, theirs, options, static (row, seat) => [row.Parties[seat].Strategy]),
            Compare(ours, theirs, options, static (row, seat) => row.Parties.Where((_, other) => other != seat)
                .Select(other => $"{row.Parties[seat].Strategy} against {other.Strategy}").Distinct()),
            ScenarioDifference.Between(ours, theirs, options.Measure));
    }

    private static IReadOnlyList<StrategyComparison> Compare(
        List<NegotiationRow> first,
        List<NegotiationRow> second,
        StatisticsOptions options,
        Func<NegotiationRow, int, IEnumerable<string>> namesOf)
    {
        var (ours, theirs) = (Tables(first, namesOf), Tables(second, namesOf));
        return MatchedComparisons.Of(
            ours.Where(table => theirs.ContainsKey(table.Key)).Select(table => (
                table.Key, table.Key, theirs[table.Key].Means(options.Measure), table.Value.Means(options.Measure))),
            options);
    }

    private static SortedDictionary<string, ObservationTable> Tables(
        List<NegotiationRow> rows, Func<NegotiationRow, int, IEnumerable<string>> namesOf)
    {
        var tables = new SortedDictionary<string, ObservationTable>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            for (var seat = 0; seat < row.Parties.Count; seat++)
            {
                foreach (var name in namesOf(row, seat))
                {
                    if (!tables.TryGetValue(name, out var table))
                    {
                        tables.Add(name, table = new ObservationTable());
                    }

                    table.Add(new Observation(row, seat));
                }
            }
        }

        return tables;
    }

    private static string KeyOf(NegotiationRow row) => FormattableString.Invariant(
        $"{row.Scenario}\n{row.Rotation}\n{row.Repetition}\n{row.Value:R}\n") +
        string.Join('\n', row.Parties.Select(static party => party.Strategy));
}
