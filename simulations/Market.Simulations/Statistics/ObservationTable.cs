using Market.Domain.Strategies;

namespace Market.Simulations.Statistics;

/// <summary>Observations by scenario, in the order of the scenarios' names.</summary>
internal sealed class ObservationTable
{
    private readonly SortedDictionary<string, List<Observation>> _byScenario = new(StringComparer.Ordinal);

    /// <summary>Number of observations.</summary>
    public int Count { get; private set; }

    /// <summary>Number of scenarios.</summary>
    public int Scenarios => _byScenario.Count;

    /// <summary>All of them.</summary>
    public IEnumerable<Observation> All => _byScenario.Values.SelectMany(static list => list);

    /// <summary>Adds one.</summary>
    public void Add(Observation observation)
    {
        if (!_byScenario.TryGetValue(observation.Row.Scenario, out var list))
        {
            _byScenario.Add(observation.Row.Scenario, list = []);
        }

        list.Add(observation);
        Count++;
    }

    /// <summary>What each scenario adds to a measure's mean.</summary>
    public Cluster[] Clusters(Measure measure) =>
        [.. _byScenario.Values.Select(list => Cluster.Of(list.Select(measure.Of)))];

    /// <summary>A measure's mean in each scenario that defines one.</summary>
    public SortedDictionary<string, double> Means(Measure measure)
    {
        var means = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (scenario, list) in _byScenario)
        {
            var cluster = Cluster.Of(list.Select(measure.Of));
            if (cluster.Weight > 0)
            {
                means.Add(scenario, cluster.Sum / cluster.Weight);
            }
        }

        return means;
    }

    /// <summary>A measure's mean over scenarios, with its interval.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="options">Seed and number of resamples.</param>
    /// <param name="owner">Whose figure it is: names the stream of chance that its interval uses.</param>
    public Estimate Estimate(Measure measure, StatisticsOptions options, string owner) => ClusterBootstrap.MeanOf(
        Clusters(measure),
        new SeededGenerator(Seeds.Derive(options.Seed, "statistics", owner, measure.Key)),
        options.Resamples);
}
