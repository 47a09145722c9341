using Market.Domain.Wire;
using Market.Grains.Hosting;

namespace Market.Grains.Tests.Engines;

/// <summary>What a host of tallies and debtors has to know.</summary>
public static class Tallying
{
    static Tallying() => WireCatalog.Register(typeof(TallyGrain).Assembly);

    /// <summary>The form of their events; asked for once, it makes their messages known to the wire too.</summary>
    public static IEventCodec Codec { get; } = new WireEventCodec();

    /// <summary>Whether a message may bring a grain into being.</summary>
    public static bool Creates(object message) => message is Add or AddIf or Pass or Owe;
}
