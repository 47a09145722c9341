using System.Globalization;
using Market.Chaos.Killing;

namespace Market.Chaos.Clusters;

/// <summary>
/// Runs the trials one after the other and prints a row each. However it ends it says how many were run: without that
/// last line somebody has killed it.
/// </summary>
internal static class ClusterCampaign
{
    /// <summary>Exit code where something is wrong, or was not run.</summary>
    private const int ExitUnsound = 1;

    // What a trial does beside its faults; each of those has its own patience too.
    private static readonly TimeSpan PatienceBeside = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan CleansUpWithin = TimeSpan.FromSeconds(30);

    /// <summary>Runs them all; what is wrong is printed, and ends with 1.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="json">Whether to print a line of JSON a trial.</param>
    /// <param name="stop">Ends the trial that runs, and the campaign.</param>
    public static async Task<int> RunAsync(ClusterPlan plan, bool json, CancellationToken stop)
    {
        Console.Error.WriteLine($"Seed {plan.Seed}; again: {plan.Again}");
        if (!json)
        {
            Console.WriteLine(TrialResult.Heads);
        }

        var (run, unsound) = (0, 0);
        foreach (var trial in plan.Trials)
        {
            var result = stop.IsCancellationRequested ? null : await TryAsync(plan, trial, stop);
            if (result is null || stop.IsCancellationRequested)
            {
                Console.Error.WriteLine($"{trial}: stopped by a signal.");
                break;
            }

            run++;
            unsound += result.Findings.Count == 0 ? 0 : 1;
            Console.WriteLine(json ? result.ToJson(plan.Seed) : result.Row);
            foreach (var finding in json ? [] : result.Findings)
            {
                Console.Error.WriteLine($"{trial}: {finding}");
            }
        }

        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{run} of {plan.Trials.Count} trials were run, {unsound} with findings."));
        return run == plan.Trials.Count && unsound == 0 ? 0 : ExitUnsound;
    }

    private static async Task<TrialResult> TryAsync(ClusterPlan plan, Trial trial, CancellationToken stop)
    {
        var limit = PatienceBeside + (plan.Faults * ((4 * Eventually.Patience) + plan.FrozenFor));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        end.CancelAfter(limit);
        try
        {
            var running = TrialRun.RunAsync(plan, trial, end.Token);
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using (end.Token.UnsafeRegister(static over => ((TaskCompletionSource)over!).SetResult(), ended))
            {
                await Task.WhenAny(running, ended.Task);
            }

            return end.IsCancellationRequested
                ? await running.WaitAsync(CleansUpWithin, CancellationToken.None)
                : await running;
        }
#pragma warning disable CA1031 // A trial that cannot come to its end is a finding; the others are run all the same.
        catch (Exception error)
#pragma warning restore CA1031
        {
            var finding = end.IsCancellationRequested && !stop.IsCancellationRequested
                ? $"The trial has not come to its end within {limit}."
                : error is RunFailedException ? error.Message : error.ToString();
            return new TrialResult(trial, [], 0, 0, 0, 0, 0, [finding]);
        }
    }
}
