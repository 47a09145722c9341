using Market.Chaos.Killing;

namespace Market.Chaos.Clusters;

/// <summary>Runs the trials one after the other and prints a row each.</summary>
internal static class ClusterCampaign
{
    /// <summary>Exit code where something is wrong.</summary>
    private const int ExitUnsound = 1;

    /// <summary>Runs them all; what is wrong is printed, and ends with 1.</summary>
    public static async Task<int> RunAsync(ClusterPlan plan, bool json)
    {
        Console.Error.WriteLine($"Seed {plan.Seed}; again: {plan.Again}");
        if (!json)
        {
            Console.WriteLine(TrialResult.Heads);
        }

        var isSound = true;
        foreach (var trial in plan.Trials)
        {
            var result = await TryAsync(plan, trial);
            isSound &= result.Findings.Count == 0;
            Console.WriteLine(json ? result.ToJson(plan.Seed) : result.Row);
            foreach (var finding in json ? [] : result.Findings)
            {
                Console.Error.WriteLine($"{trial}: {finding}");
            }
        }

        return isSound ? 0 : ExitUnsound;
    }

    private static async Task<TrialResult> TryAsync(ClusterPlan plan, Trial trial)
    {
        try
        {
            return await TrialRun.RunAsync(plan, trial);
        }
#pragma warning disable CA1031 // A trial that cannot come to its end is a finding; the others are run all the same.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return new TrialResult(
                trial, [], 0, 0, 0, 0, 0, [error is RunFailedException ? error.Message : error.ToString()]);
        }
    }
}
