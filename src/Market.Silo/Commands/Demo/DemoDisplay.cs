using Market.Silo.Commands.Audit;
using Spectre.Console;

namespace Market.Silo.Commands.Demo;

/// <summary>Shows a demonstration while it runs: moving bars on a terminal, a few plain lines into a pipe.</summary>
internal static class DemoDisplay
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs what is to be shown, and shows it until it ends.</summary>
    public static Task<T> ShowAsync<T>(TextWriter output, DemoProgress progress, Func<Task<T>> run) =>
        AuditConsole.IsTerminal(output) ? ShowBarsAsync(output, progress, run) : ShowLinesAsync(output, progress, run);

    private static Task<T> ShowBarsAsync<T>(TextWriter output, DemoProgress progress, Func<Task<T>> run) =>
        AuditConsole.Over(output).Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new SpinnerColumn())
            .StartAsync(async context =>
            {
                var entered = context.AddTask("agents", maxValue: progress.Agents);
                var decided = context.AddTask("needs", maxValue: progress.Needs);
                var running = run();
                do
                {
                    await Task.WhenAny(running, Task.Delay(RefreshInterval)).ConfigureAwait(false);
                    entered.Value = progress.Entered;
                    entered.Description = $"{progress.Entered} of {progress.Agents} agents are in";
                    decided.Value = progress.Decided;
                    decided.Description = $"{progress.Met} needs are met by {progress.Offers:N0} offers";
                }
                while (!running.IsCompleted);

                return await running.ConfigureAwait(false);
            });

    private static async Task<T> ShowLinesAsync<T>(TextWriter output, DemoProgress progress, Func<Task<T>> run)
    {
        var lines = TextWriter.Synchronized(output);
        progress.MilestoneReached += () => lines.WriteLine(progress.Decided == 0
            ? $"{progress.Agents} agents are connected."
            : $"{progress.Decided} of {progress.Needs} needs are decided, {progress.Met} are met, "
                + $"by {progress.Offers} offers.");
        return await run().ConfigureAwait(false);
    }
}
