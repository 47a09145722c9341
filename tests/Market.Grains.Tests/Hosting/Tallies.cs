using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Tests.Engines;

namespace Market.Grains.Tests.Hosting;

/// <summary>Embedded clusters of tallies.</summary>
internal static class Tallies
{
    /// <summary>Options under which Add and Pass may create, and errors go to the witness.</summary>
    public static EmbeddedClusterOptions Options(Witness witness) => new()
    {
        Creates = Tallying.Creates,
        OnError = witness.OnError,
    };

    public static EmbeddedCluster Cluster(
        IJournal journal, Witness witness, EmbeddedClusterOptions? options = null, AgentFeed? feed = null) => new(
        journal,
        Tallying.Codec,
        witness.Make,
        feed is null ? static (_, _, _) => throw new NotSupportedException("Nobody subscribes.") : feed.SubscribeAsync,
        options ?? Options(witness));
}
