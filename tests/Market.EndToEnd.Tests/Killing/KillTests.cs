using System.Diagnostics;
using Market.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Market.EndToEnd.Tests.Killing;

/// <summary>
/// Nothing acknowledged is lost (INV-7, 8, 16, 17, 21): a real server under kill -9, real connections, and a comparison
/// of all that the clients were told with all that the files hold.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_server_is_killed_again_and_again()
    {
        var plan = KillPlan.FromEnvironment();
        output.WriteLine(plan.ToString());
        try
        {
            await RunAsync(plan);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{plan}: {error.Message}", error);
        }
    }

    private async Task RunAsync(KillPlan plan)
    {
        var clock = Stopwatch.StartNew();
        using var folder = new TestFolder();
        var port = FreePort.Find();
        await using var killer = new Killer(plan, folder.Path, port);
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
            AcknowledgedActs.Check(await JournalView.ReadAsync(folder.Path), load.Agents, findings);
            throw new InvalidOperationException($"{error.Message} The journal: {findings}", error);
        }

        var checks = await RunChecks.RunAsync(load.Agents, plan, folder.Path, killer.StopAsync);
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
