using System.Net;
using Market.Grains.Tests.Engines;
using Market.Silo.Clustering;
using Market.Silo.Orleans;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Hosting;

namespace Market.Orleans.Tests;

/// <summary>
/// Two silos of the Orleans engine keep what every cluster keeps: one asks for grains that are on both. Their
/// membership is in memory here; the journal is what all engines' tests have.
/// </summary>
public sealed class OrleansConformanceTests : GrainClusterConformance
{
    protected override int AsksEach => 200;

    protected override async Task<ClusterUnderTest> StartAsync(
        HeldJournal journal, Witness witness, EngineLimits limits)
    {
        var first = FreePorts.Next();
        var name = Guid.NewGuid().ToString("n");
        return (await SilosUnderTest.StartAsync(
            [Silo(name, first, first), Silo(name, FreePorts.Next(), first)], journal, witness, limits)).Cluster;
    }

    private static OrleansSilo Silo(string cluster, int port, int firstPort) => new(
        new ClusterMember(cluster, "") { Silo = new IPEndPoint(IPAddress.Loopback, port), GatewayPort = 0 },
        Guid.Empty,
        NullLoggerFactory.Instance)
    {
        MembershipInMemory = silo => silo.UseDevelopmentClustering(new IPEndPoint(IPAddress.Loopback, firstPort)),
    };
}
