namespace Market.Grains.Tests.Hosting;

/// <summary>The embedded cluster keeps what every cluster keeps.</summary>
public sealed class EmbeddedClusterConformanceTests : GrainClusterConformance
{
    protected override ClusterUnderTest Start(HeldJournal journal, Witness witness)
    {
        var cluster = Tallies.Cluster(journal, witness);
        return new ClusterUnderTest(cluster, () => cluster.Activations, cluster.DisposeAsync);
    }
}
