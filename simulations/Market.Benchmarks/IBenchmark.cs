using System.CommandLine;

namespace Market.Benchmarks;

/// <summary>
/// One command of this program: it measures one or more figures, each beside its raw limit in the same run.
/// </summary>
public interface IBenchmark
{
    /// <summary>The command's name.</summary>
    string Name { get; }

    /// <summary>What it measures, in one sentence.</summary>
    string Description { get; }

    /// <summary>Adds options of its own.</summary>
    /// <param name="command">Its command.</param>
    void AddTo(Command command)
    {
    }

    /// <summary>Reads its own options, before it runs.</summary>
    /// <param name="arguments">The command line; the options may be missing from it.</param>
    void Configure(ParseResult arguments)
    {
    }

    /// <summary>Measures, reporting each figure as soon as it is known.</summary>
    /// <param name="report">Takes one figure.</param>
    /// <param name="log">Takes a line for people; goes to standard error.</param>
    /// <param name="quick">A short form, to see that it runs; its figures are not to be quoted.</param>
    /// <param name="cancellationToken">Stops it; figures already reported stand.</param>
    Task RunAsync(Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken);
}
