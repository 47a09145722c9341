using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Killing;

/// <summary>One request of a client as it went over the wire, with the final answer that came back.</summary>
/// <param name="frame">The frame's exact bytes.</param>
internal sealed class WireRequest(byte[] frame)
{
    /// <summary>The frame's exact bytes.</summary>
    public byte[] Frame { get; } = frame;

    /// <summary>When it was last sent.</summary>
    public DateTimeOffset LastSent { get; set; }

    /// <summary>How often it was sent.</summary>
    public int TimesSent { get; set; }

    /// <summary>The answer; null while there is none, or none but "ask again".</summary>
    public object? Answer { get; set; }

    /// <summary>Whether the market has said that it is done.</summary>
    public bool IsAcknowledged => Answer is not (null or Refused);

    /// <summary>The act inside: what was signed, where it was.</summary>
    public object Act => Client.Connecting.Frame.Decode(Frame).Message switch
    {
        SignedAct signed => WireCatalog.DecodeTagged(signed.Act.Span),
        { } plain => plain,
        null => throw new InvalidOperationException("The client sent a message that it does not know itself."),
    };

    /// <summary>The digest of the act, which the market must have stored.</summary>
    public ActDigest Digest => Client.Connecting.Frame.Decode(Frame).Message is SignedAct signed
        ? ActDigest.Of(signed.Act.Span)
        : ActDigest.Of(WireCatalog.EncodeTagged(Act));
}
