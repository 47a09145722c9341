using Market.Domain.Wire;

namespace Market.Grains.Hosting;

/// <summary>Events in the market's one codec: <c>[number, payload]</c>, as every message.</summary>
public sealed class WireEventCodec : IEventCodec
{
    static WireEventCodec() => WireCatalog.Register(typeof(WireEventCodec).Assembly);

    /// <inheritdoc/>
    public byte[] Encode(object @event) => WireCatalog.EncodeTagged(@event);

    /// <inheritdoc/>
    /// <exception cref="WireFormatException">The body is no event, or its number is unknown.</exception>
    public object Decode(ReadOnlySpan<byte> body) => WireCatalog.DecodeTagged(body);
}
