using Market.Grains.Tests.Engines;

namespace Market.Grains.Tests.Hosting;

/// <summary>Two silos keep what every cluster keeps: one asks for grains that are on both.</summary>
public sealed class SiloClusterConformanceTests : GrainClusterConformance
{
    protected override async Task<ClusterUnderTest> StartAsync(
        HeldJournal journal, Witness witness, EngineLimits limits)
    {
        var network = new LoopbackNetwork();
        return (await SilosUnderTest.StartAsync([network.AddSilo(), network.AddSilo()], journal, witness, limits))
            .Cluster;
    }
}
