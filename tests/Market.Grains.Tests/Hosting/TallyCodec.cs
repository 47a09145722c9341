using System.Buffers.Binary;
using Market.Domain;
using Market.Grains.Hosting;

namespace Market.Grains.Tests.Hosting;

/// <summary>Sixteen bytes an event; anything else is an unknown entry.</summary>
public sealed class TallyCodec : IEventCodec
{
    public byte[] Encode(object @event)
    {
        var added = (Added)@event;
        var body = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(body, added.Amount);
        BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(8), added.At.Ticks);
        return body;
    }

    public object Decode(ReadOnlySpan<byte> body) => body.Length == 16
        ? new Added(
            BinaryPrimitives.ReadInt64BigEndian(body), new LedgerTime(BinaryPrimitives.ReadInt64BigEndian(body[8..])))
        : throw new FormatException($"An event has 16 bytes, not {body.Length}.");
}
