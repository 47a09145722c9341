using Market.Grains.Hosting;
using Market.Grains.Tests.Engines;

namespace Market.Grains.Tests.Hosting;

/// <summary>The embedded cluster keeps what every cluster keeps.</summary>
public class EmbeddedClusterConformanceTests : GrainClusterConformance
{
    /// <summary>Whether messages pass as bytes, as between processes.</summary>
    protected virtual bool MessagesAsBytes => false;

    protected override Task<ClusterUnderTest> StartAsync(HeldJournal journal, Witness witness, EngineLimits limits)
    {
        var feed = AgentFeed.Start(journal);
        var cluster = Tallies.Cluster(
            journal,
            witness,
            Tallies.Options(witness) with
            {
                MailboxMax = limits.MailboxMax,
                InFlightMax = limits.InFlightMax,
                MessagesAsBytes = MessagesAsBytes,
            },
            feed);
        var stop = new Lazy<Task>(StopAsync);
        return Task.FromResult(new ClusterUnderTest(
            cluster, () => cluster.Activations, () => new ValueTask(stop.Value)));

        async Task StopAsync()
        {
            await cluster.DisposeAsync();
            await feed.DisposeAsync();
        }
    }
}
