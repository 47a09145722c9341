using Market.Domain.Wire;

namespace Market.Client.Connecting;

/// <summary>
/// A frame is <c>[type, correlation, payload]</c>: the message's number, a number that ties an answer to its request (0
/// for
/// what is no answer), and the message.
/// </summary>
/// <param name="Correlation">Which request it answers; 0 for none.</param>
/// <param name="Message">The message; null where its type is not known here, as a newer market may send.</param>
internal readonly record struct Frame(uint Correlation, object? Message)
{
    /// <summary>The bytes of a frame.</summary>
    public static byte[] Encode(uint correlation, object message) => WireCatalog.EncodeFrame(correlation, message);

    /// <summary>
    /// The bytes of a frame of a message's own bytes, <c>[type, payload]</c>, which stay as they are.
    /// </summary>
    public static byte[] Wrap(uint correlation, ReadOnlySpan<byte> message)
    {
        var reader = new MessagePackReader(message);
        reader.BeginArray(required: 2);
        using var writer = MessagePackWriter.Rent();
        writer.BeginArray(3);
        writer.WriteEncoded(reader.ReadEncoded());
        writer.WriteUInt64(correlation);
        writer.WriteEncoded(reader.ReadEncoded());
        writer.EndArray();
        return writer.ToArray();
    }

    /// <summary>Reads a frame.</summary>
    /// <exception cref="WireFormatException">The bytes are none.</exception>
    public static Frame Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        var count = reader.BeginArray(required: 3);
        var type = (int)reader.ReadInteger(0, ushort.MaxValue);
        var correlation = (uint)reader.ReadInteger(0, uint.MaxValue);
        object? message = null;
        if (WireCatalog.TypeOf(type) is null)
        {
            reader.Skip();
        }
        else
        {
            message = WireCatalog.ReadPayload(type, ref reader);
        }

        reader.EndArray(unread: count - 3);
        reader.RequireEnd();
        return new Frame(correlation, message);
    }
}
