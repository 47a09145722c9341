namespace Market.Grains.Hosting;

/// <summary>The one binary form of events, as it is stored in the body of a journal row.</summary>
public interface IEventCodec
{
    /// <summary>The event as bytes; a row keeps exactly these.</summary>
    byte[] Encode(object @event);

    /// <summary>The event of a stored body.</summary>
    /// <exception cref="Exception">Any exception: the body is not an event that this program knows.</exception>
    object Decode(ReadOnlySpan<byte> body);
}
