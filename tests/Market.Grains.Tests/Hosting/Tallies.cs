using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Tests.Hosting;

/// <summary>Embedded clusters of tallies.</summary>
internal static class Tallies
{
    /// <summary>Options under which Add and Pass may create, and errors go to the witness.</summary>
    public static EmbeddedClusterOptions Options(Witness witness) => new()
    {
        Creates = static message => message is Add or Pass,
        OnError = witness.OnError,
    };

    public static EmbeddedCluster Cluster(IJournal journal, Witness witness, EmbeddedClusterOptions? options = null) => new(
        journal,
        new TallyCodec(),
        witness.Make,
        static (_, _, _) => throw new NotSupportedException("Nobody subscribes."),
        options ?? Options(witness));
}
