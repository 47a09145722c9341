using System.Diagnostics;
using Market.Silo.Commands.Audit;
using Spectre.Console;

namespace Market.Simulations.Running.Progress;

/// <summary>
/// Shows how far a run is, on standard error, so that standard output has results only: a bar with rate and remaining
/// time on a terminal, plain lines into a pipe, or JSON.
/// </summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(2);

    /// <summary>Runs what is to be shown, and shows it until it ends.</summary>
    public static T Show<T>(ProgressKind kind, TextWriter to, RunProgress progress, Func<T> run)
    {
        if (kind == ProgressKind.None)
        {
            return run();
        }

        var isBar = kind == ProgressKind.Auto && AuditConsole.IsTerminal(to);
        return isBar ? ShowBar(to, progress, run) : ShowLines(to, progress, run, kind == ProgressKind.Json);
    }

    private static T ShowLines<T>(TextWriter to, RunProgress progress, Func<T> run, bool isJson)
    {
        var began = Stopwatch.GetTimestamp();
        using var timer = new Timer(_ => Say(), null, LineInterval, LineInterval);
        var result = run();
        timer.Change(Timeout.Infinite, Timeout.Infinite);
        Say();
        return result;

        void Say()
        {
            var snapshot = ProgressSnapshot.Of(progress, Stopwatch.GetElapsedTime(began));
            lock (progress)
            {
                to.WriteLine(isJson ? snapshot.ToJson() : snapshot.ToString());
            }
        }
    }

    private static T ShowBar<T>(TextWriter to, RunProgress progress, Func<T> run)
    {
        var began = Stopwatch.GetTimestamp();
        return AuditConsole.Over(to).Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn())
            .Start(context =>
            {
                var task = context.AddTask("negotiations", maxValue: Math.Max(1, progress.Total));
                using var timer = new Timer(_ => Update(), null, BarInterval, BarInterval);
                var result = run();
                Update();
                return result;

                void Update()
                {
                    task.Value = progress.Done;
                    task.Description = Markup.Escape(
                        ProgressSnapshot.Of(progress, Stopwatch.GetElapsedTime(began)).ToString());
                }
            });
    }
}
