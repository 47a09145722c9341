using Market.Grains.Hosting;

namespace Market.Grains.Tests.Engines;

/// <summary>A running cluster, with what the conformance tests ask of any.</summary>
/// <param name="Cluster">The port.</param>
/// <param name="Activations">How many grains it has in memory, those that are being loaded included.</param>
/// <param name="Stop">Drains it.</param>
public sealed record ClusterUnderTest(IGrainCluster Cluster, Func<int> Activations, Func<ValueTask> Stop)
    : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Stop();
}
