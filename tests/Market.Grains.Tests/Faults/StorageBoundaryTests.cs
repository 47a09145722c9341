using Market.Testing;
using Market.Testing.Faults;
using Xunit.Abstractions;

namespace Market.Grains.Tests.Faults;

/// <summary>
/// A scenario of settlement meets one fault at each of its storage calls in turn, and each time ends with the same
/// entries, each once (INV-7, INV-8, INV-15, INV-16; F1, F3, F4, F5, F21).
/// </summary>
public sealed class StorageBoundaryTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(StorageFault.StopBefore)]
    [InlineData(StorageFault.StopAfter)]
    [InlineData(StorageFault.FailBefore)]
    [InlineData(StorageFault.UnknownBefore)]
    [InlineData(StorageFault.UnknownAfter)]
    [InlineData(StorageFault.Conflict)]
    [InlineData(StorageFault.RepeatAnnouncement)]
    public async Task A_fault_at_any_storage_call_loses_nothing_acknowledged_and_changes_no_entry(StorageFault fault)
    {
        await using var whole = new ScenarioRun(FaultPlan.None);
        await whole.RunAsync(StorageFault.None);
        Assert.True(whole.Entries.Count > 15, $"Only {whole.Entries.Count} entries.");

        var (calls, failed, restarts) = (0L, 0, 0);
        for (var at = 1L; at <= Math.Max(calls, whole.CallCount); at++)
        {
            await using var run = new ScenarioRun(FaultPlan.AtCall(at, fault));
            await run.RunAsync(fault);
            await AssertSoundAsync(run, whole, $"{fault} at call {at}");
            failed += run.HasFailed ? 1 : 0;
            restarts += run.Restarts;
        }

        output.WriteLine($"{fault}: {whole.CallCount} calls, {failed} runs met it, {restarts} restarts");
        Assert.True(failed > whole.Entries.Count, $"Only {failed} of {whole.CallCount} runs met the fault.");
    }

    private static async Task AssertSoundAsync(ScenarioRun run, ScenarioRun whole, string where)
    {
        Assert.True(whole.Entries.SequenceEqual(run.Entries), $"{where}: other entries than without a fault.");
        Assert.Empty(await run.History.ResolveAsync(run.Market));
        Assert.Equal([], await run.History.FindViolationsAsync(run.Market));
        Assert.True(await run.Market.LedgerEqualsItsReplayAsync(), $"{where}: the state is not that of its replay.");
        var replay = await run.Market.ReplayLedgerAsync();
        LedgerInvariants.Check(replay.State, replay.Entries);
    }
}
