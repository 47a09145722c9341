using System.Diagnostics;
using Market.Simulations.Results;
using Market.Simulations.Running.Progress;

namespace Market.Simulations.Running;

/// <summary>
/// Carries a run out from where it stands: into a new folder, on in one that was interrupted, or into none.
/// </summary>
internal sealed class RunSession
{
    private readonly RunSetup _setup;
    private readonly string? _folder;

    private readonly bool _isResumed;

    private RunSession(RunSetup setup, string? folder, long first, bool isResumed) =>
        (_setup, _folder, First, _isResumed) = (setup, folder, first, isResumed);

    /// <summary>Number of the first negotiation to run.</summary>
    public long First { get; }

    /// <summary>What runs.</summary>
    public RunSetup Setup => _setup;

    /// <summary>Raised once, when the first result of the session is written.</summary>
    public event Action? Begun;

    /// <summary>A run from the beginning.</summary>
    /// <param name="setup">What runs.</param>
    /// <param name="folder">Where its results go; null for nowhere.</param>
    public static RunSession New(RunSetup setup, string? folder) => new(setup, folder, 0, isResumed: false);

    /// <summary>An interrupted run, to go on with.</summary>
    /// <exception cref="ResultFolderException">The folder has none, or what it ran has changed.</exception>
    /// <exception cref="RunRefusedException">A user's strategy is not there any more.</exception>
    public static RunSession Resume(string folder, StrategyResolver strategies)
    {
        var info = RunInfoFile.Read(folder);
        var setup = RunSetup.Of(info.Settings, ScenarioCopies.Read(folder, info), strategies);
        if (RunInfoFile.TextOf(setup.Info with { Complete = info.Complete }) != RunInfoFile.TextOf(info))
        {
            throw new ResultFolderException(
                $"{folder} was begun by {info.Program}, and its strategies have changed since: begin elsewhere.");
        }

        return new RunSession(setup, folder, InterruptedFiles.Trim(folder, info.Settings.Offers), isResumed: true);
    }

    /// <summary>Runs to the end, or until it is cancelled.</summary>
    /// <exception cref="RunRefusedException">A scenario or strategy cannot play.</exception>
    /// <exception cref="ResultFolderException">The folder cannot be written to.</exception>
    public RunReport Run(int parallel, ProgressKind kind, TextWriter progressTo, CancellationToken cancellation)
    {
        var plan = _setup.Plan;
        using var files = _folder is null ? null : OpenFiles(_folder);
        var totals = new RunTotals();
        foreach (var row in _isResumed ? ResultFolder.ReadRows(_folder!) : [])
        {
            totals.Add(row);
        }

        var progress = new RunProgress(plan.Count, First);
        TimeSpan? firstResult = null;
        progress.Begun += () =>
        {
            firstResult = DateTime.Now - Process.GetCurrentProcess().StartTime;
            Begun?.Invoke();
        };
        var began = Stopwatch.GetTimestamp();
        var run = new TournamentRun(plan, new RunOptions(parallel, First), files, totals, progress);
        var isComplete = ProgressDisplay.Show(kind, progressTo, progress, () => run.Run(cancellation));
        files?.Close(isComplete); // letting go of them is a part of what they cost
        var elapsed = Stopwatch.GetElapsedTime(began);
        return new RunReport(_setup, totals, isComplete, _folder, elapsed, progress.Done - First, progress.Offers)
        {
            Parallel = parallel,
            FirstResult = firstResult,
        };
    }

    private ResultFiles OpenFiles(string folder) => _isResumed
        ? ResultFiles.Continue(folder, _setup.Info)
        : ResultFiles.Create(
            folder, _setup.Info, _setup.Scenarios,
            new RowWriter(_setup.Plan.PartiesMax).Header, OfferTexts.Header(_setup.Plan.PartiesMax));
}
