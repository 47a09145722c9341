using System.Diagnostics;
using Xunit.Abstractions;

namespace Market.EndToEnd.Tests.Killing;

/// <summary>
/// One run of a server under load that is killed again and again, with all that is checked at its end.
/// </summary>
internal static class KillRun
{
    /// <summary>Runs it.</summary>
    /// <param name="plan">How often it is killed, and the seed.</param>
    /// <param name="place">Where its market is.</param>
    /// <param name="output">Takes what the run met.</param>
    public static async Task RunAsync(KillPlan plan, StorePlace place, ITestOutputHelper output)
    {
        var clock = Stopwatch.StartNew();
        var port = FreePort.Find();
        await using var killer = new Killer(plan, place, port);
        await killer.StartAsync();
        await using var load = await TradingLoad.StartAsync(ServeProcess.UriOf(port), plan);
        try
        {
            await killer.RunAsync(load);
            await load.StopAsync();
        }
        catch (Exception error)
        {
            // An agent that waits for what the market has forgotten waits for ever: what is missing says more.
            killer.Server.Kill();
            await killer.Server.ExitAsync();
            var findings = new Findings();
            AcknowledgedActs.Check(await JournalView.ReadAsync(place), load.Agents, findings);
            throw new InvalidOperationException($"{error.Message} The journal: {findings}", error);
        }

        var checks = await RunChecks.RunAsync(load.Agents, plan, place, killer.StopAsync);
        killer.Errors.ForEach(errors => checks.Findings.Add($"A server said: {errors}"));
        output.WriteLine(
            $"{killer.Kills} kills, {killer.KillsInStart} of them in mid-start, "
            + $"{killer.KillsInDrain} in mid-stop, {clock.Elapsed}");
        output.WriteLine(checks.Summary);
        Assert.True(checks.Findings.Count == 0, checks.Findings.ToString());

        // A run that met none of these has shown nothing.
        Assert.True(checks.Acts.SentAgain > 0, "No request was cut off by a kill.");
        Assert.True(checks.Deals is { Settled: > 0, Failed: > 0 }, $"Deals must settle and fail: {checks.Deals}.");
    }
}
