using System.CommandLine;
using Market.Simulations.Running;
using Market.Simulations.Statistics;

namespace Market.Simulations.Commands;

/// <summary>The options of commands that work out statistics.</summary>
internal sealed class StatisticsArguments
{
    private readonly Option<string> _measure = new("--measure")
    {
        Description = "What strategies are ranked and compared by; advantage, utility, welfare …",
        DefaultValueFactory = _ => Measures.Advantage.Key,
    };

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "Seed of the resampling. The same seed gives the same figures.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int> _resamples = new("--resamples")
    {
        Description = "Resamples of each interval, 100 to 1000000.",
        DefaultValueFactory = _ => ClusterBootstrap.ResamplesUsual,
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_measure);
        command.Options.Add(_seed);
        command.Options.Add(_resamples);
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="RunRefusedException">There is no such measure, or a number is out of its range.</exception>
    public StatisticsOptions Read(ParseResult result)
    {
        var key = result.GetValue(_measure)!;
        var resamples = result.GetValue(_resamples);
        if (resamples is < 100 or > 1_000_000)
        {
            throw new RunRefusedException("--resamples is a whole number from 100 to 1000000.");
        }

        return Measures.Find(key) is { } measure
            ? new StatisticsOptions(measure, result.GetValue(_seed), resamples)
            : throw new RunRefusedException($"There is no measure '{key}'. There are: "
                + $"{string.Join(", ", Measures.All.Select(static measure => measure.Key))}.");
    }
}
