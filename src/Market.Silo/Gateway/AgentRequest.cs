using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Tendering;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Silo.Gateway.Authorising;

namespace Market.Silo.Gateway;

/// <summary>One frame of an agent, decoded.</summary>
/// <param name="Correlation">The client's number for the answer to name.</param>
/// <param name="Message">The message; of a signed act, the act itself. Null where the frame is refused.</param>
/// <param name="Digest">Digest of the bytes `[type, payload]` of an act: the same whether it came signed or
/// not.</param>
/// <param name="Act">Those bytes where they were signed, else empty.</param>
/// <param name="Signature">Their signature, not verified yet; else empty.</param>
/// <param name="Refusal">Why the frame is refused; null where it is not.</param>
/// <param name="SessionKey">
/// The bounds of the session key that signed; null where the agent's own key did. Never read from the wire.
/// </param>
internal readonly record struct AgentRequest(
    uint Correlation,
    object? Message,
    ActDigest Digest = default,
    ReadOnlyMemory<byte> Act = default,
    ReadOnlyMemory<byte> Signature = default,
    Refused? Refusal = null,
    SessionKeyScope? SessionKey = null)
{
    /// <summary>Bytes of an ES256 signature, r then s.</summary>
    public const int SignatureBytes = 64;

    /// <summary>Whether it came with a signature.</summary>
    public bool IsSigned => !Signature.IsEmpty;

    /// <summary>The signature as evidence, whether it verifies or not; null where there is none.</summary>
    public Evidence? EvidenceOf(AgentNumber signer) =>
        IsSigned ? new Evidence(signer, Act, Signature, SessionKey?.Id) : null;

    /// <summary>Decodes a frame. Nothing escapes, whatever the bytes are.</summary>
    public static AgentRequest Decode(ReadOnlySpan<byte> frame)
    {
        var correlation = 0u;
        try
        {
            var reader = new MessagePackReader(frame);
            if (reader.BeginArray() != 3)
            {
                return Refuse(0, GatewayRefusal.FrameIsInvalid);
            }

            var type = (int)reader.ReadInteger(0, ushort.MaxValue);
            correlation = (uint)reader.ReadInteger(0, uint.MaxValue);
            if (!Authorisation.IsSent(type))
            {
                return Refuse(correlation, GatewayRefusal.MessageTypeUnknown);
            }

            var start = reader.Position;
            var message = WireCatalog.ReadPayload(type, ref reader);
            reader.EndArray();
            reader.RequireEnd();
            return message switch
            {
                SignedAct signed => DecodeSigned(correlation, signed),
                NegotiationAct or OpenNegotiation or PublishListing or PublishRequest or UpdateListing
                    or WithdrawListing or OpenTender or TenderAct or RequestApproval or DecideApproval =>
                    new AgentRequest(correlation, message, DigestOf(type, frame[start..])),
                _ => new AgentRequest(correlation, message),
            };
        }
        catch (WireFormatException error)
        {
            return Refuse(correlation, GatewayRefusal.FrameIsInvalid, error.Message);
        }
    }

    /// <summary>A request that is refused.</summary>
    public static AgentRequest Refuse(uint correlation, GatewayRefusal refusal, string? finding = null)
    {
        var refused = Refusals.Of(refusal);
        return new AgentRequest(
            correlation,
            null,
            Refusal: finding is null ? refused : refused with { Explanation = $"{refused.Explanation} {finding}" });
    }

    private static AgentRequest DecodeSigned(uint correlation, SignedAct signed)
    {
        var reader = new MessagePackReader(signed.Act.Span);
        if (reader.BeginArray() != 2)
        {
            return Refuse(correlation, GatewayRefusal.FrameIsInvalid);
        }

        var type = (int)reader.ReadInteger(0, ushort.MaxValue);
        if (!Authorisation.MayBeSigned(type))
        {
            return Refuse(correlation, GatewayRefusal.MessageTypeUnknown);
        }

        var act = WireCatalog.ReadPayload(type, ref reader);
        reader.EndArray();
        reader.RequireEnd();
        return signed.Signature.Length == SignatureBytes
            ? new AgentRequest(correlation, act, ActDigest.Of(signed.Act.Span), signed.Act, signed.Signature)
            : Refuse(correlation, GatewayRefusal.SignatureIsWrong);
    }

    private static ActDigest DigestOf(int type, ReadOnlySpan<byte> payload)
    {
        using var writer = MessagePackWriter.Rent();
        writer.BeginArray(2);
        writer.WriteInt64(type);
        writer.WriteEncoded(payload);
        writer.EndArray();
        return ActDigest.Of(writer.Written);
    }
}
