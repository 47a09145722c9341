using Market.Domain.Wire;

namespace Market.Grains.Hosting;

/// <summary>
/// What crosses <see cref="IGrainCluster"/> as bytes, for an engine whose grains are in more than one process: messages
/// that are asked and told, replies, and the exceptions that an ask may end with. The form is the market's one codec,
/// <c>[number, payload]</c> in MessagePack; nothing else passes, so no message can depend on being an object in the
/// same process.
/// </summary>
/// <remarks>
/// Not for input of strangers: whoever reaches the ports between silos speaks for the market. Still the decoder checks
/// everything, so bytes of a silo of another version are refused and never half understood.
/// </remarks>
public static class GrainMessageCodec
{
    static GrainMessageCodec() => WireCatalog.Register(typeof(GrainMessageCodec).Assembly);

    /// <summary>A message, or a reply, as bytes.</summary>
    /// <exception cref="ArgumentException">Its type has no wire number, or it could not be read back.</exception>
    public static byte[] Encode(object message) => WireCatalog.EncodeTagged(message);

    /// <summary>The message of its bytes.</summary>
    /// <exception cref="WireFormatException">They are no message that this program knows.</exception>
    public static object DecodeMessage(ReadOnlySpan<byte> bytes) => WireCatalog.DecodeTagged(bytes);

    /// <summary>
    /// What an ask ended with, as bytes: the exceptions of <see cref="IGrainCluster"/> keep their type and what they
    /// say; any other, of the decoder too, is a fault of the grain. Causes are not carried.
    /// </summary>
    /// <param name="grain">The grain that was asked.</param>
    /// <param name="error">The exception.</param>
    public static byte[] EncodeFailure(GrainId grain, Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return WireCatalog.EncodeTagged(GrainFailure.Of(grain, error));
    }

    /// <summary>The reply of its bytes.</summary>
    /// <param name="bytes">What <see cref="Encode"/> or <see cref="EncodeFailure"/> made.</param>
    /// <param name="cancellation">The asker's token, which an exception of a cancelled ask names.</param>
    /// <exception cref="GrainOverloadedException">The ask ended with it; so do those that follow.</exception>
    /// <exception cref="OutcomeUnknownException">As said.</exception>
    /// <exception cref="GrainFaultException">As said.</exception>
    /// <exception cref="StreamDamagedException">As said.</exception>
    /// <exception cref="OperationCanceledException">As said.</exception>
    /// <exception cref="WireFormatException">The bytes are no reply that this program knows.</exception>
    public static object DecodeReply(ReadOnlySpan<byte> bytes, CancellationToken cancellation = default) =>
        WireCatalog.DecodeTagged(bytes) is var reply && reply is GrainFailure failure
            ? throw failure.ToException(cancellation)
            : reply;
}
