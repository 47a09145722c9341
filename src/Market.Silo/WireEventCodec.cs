using Market.Domain.Wire;
using Market.Grains.Hosting;

namespace Market.Silo;

/// <summary>Events in the journal in the wire's form, `[number, payload]`.</summary>
internal sealed class WireEventCodec : IEventCodec
{
    /// <inheritdoc/>
    public byte[] Encode(object @event) => WireCatalog.EncodeTagged(@event);

    /// <inheritdoc/>
    public object Decode(ReadOnlySpan<byte> body) => WireCatalog.DecodeTagged(body);
}
