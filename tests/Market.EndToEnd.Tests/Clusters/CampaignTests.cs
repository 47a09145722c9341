using Market.Chaos.Clusters;
using Market.Grains.Hosting;
using Xunit.Abstractions;

namespace Market.EndToEnd.Tests.Clusters;

/// <summary>
/// The campaign against real processes in short, on files: one server that is killed in the middle of settlements,
/// frozen, and restarted under load. Its long form is `Market.Chaos -- cluster`.
/// </summary>
public sealed class CampaignTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(nameof(Trial.Kill))]
    [InlineData(nameof(Trial.Freeze))]
    [InlineData(nameof(Trial.Roll))]
    public async Task A_market_survives_what_happens_to_servers(string name)
    {
        var plan = new ClusterPlan(
            ClusterPlan.Embedded, Silos: 1, [Enum.Parse<Trial>(name)], Faults: 2, TimeSpan.FromSeconds(1),
            Random.Shared.Next(1, 1_000_000), OnFiles: true);
        output.WriteLine(plan.Again);

        var result = await TrialRun.RunAsync(plan, plan.Trials[0], CancellationToken.None);

        output.WriteLine(TrialResult.Heads);
        output.WriteLine(result.Row);
        Assert.True(result.Findings.Count == 0, $"{plan.Again}: {string.Join('\n', result.Findings)}");
        Assert.Equal(plan.Faults, result.Recoveries.Count);

        // A trial that cut no request off has shown nothing; a frozen server only makes its clients wait.
        Assert.True(plan.Trials[0] == Trial.Freeze || result.SentAgain > 0, "No request was cut off.");
    }

    [Fact]
    public async Task A_campaign_that_is_stopped_did_not_succeed()
    {
        var plan = new ClusterPlan(
            ClusterPlan.Embedded, Silos: 1, [Trial.Kill, Trial.Roll], Faults: 1, TimeSpan.FromSeconds(1), Seed: 1,
            OnFiles: true);
        Assert.Equal(1, await ClusterCampaign.RunAsync(plan, json: true, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Markets_in_this_process_pass_messages_as_bytes() =>
        Assert.True(new EmbeddedClusterOptions().MessagesAsBytes);
}
