using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Tendering;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Silo.Gateway;

/// <summary>One frame of an agent, decoded.</summary>
/// <param name="Correlation">The client's number for the answer to name.</param>
/// <param name="Message">The message; of a signed act, the act itself. Null where the frame is refused.</param>
/// <param name="Digest">Digest of the bytes `[type, payload]` of an act: the same whether it came signed or
/// not.</param>
/// <param name="Act">Those bytes where they were signed, else empty.</param>
/// <param name="Signature">Their signature, not verified yet; else empty.</param>
/// <param name="Refusal">Why the frame is refused; null where it is not.</param>
internal readonly record struct AgentRequest(
    uint Correlation,
    object? Message,
    ActDigest Digest = default,
    ReadOnlyMemory<byte> Act = default,
    ReadOnlyMemory<byte> Signature = default,
    Refused? Refusal = null)
{
    /// <summary>Bytes of an ES256 signature, r then s.</summary>
    public const int SignatureBytes = 64;

    private const int FirstAgentType = 100;
    private const int LastAgentType = 199;

    /// <summary>Whether it came with a signature.</summary>
    public bool IsSigned => !Signature.IsEmpty;

    /// <summary>The signature as evidence, whether it verifies or not; null where there is none.</summary>
    public Evidence? EvidenceOf(AgentNumber signer) => IsSigned ? new Evidence(signer, Act, Signature) : null;

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
            if (!IsFromAgents(type))
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
                NegotiationAct or OpenNegotiation or PublishListing or PublishRequest
                    or RequestApproval or DecideApproval
                    or OpenTender or TenderAct =>
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
        if (!IsAct(type))
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

    /// <summary>Whether a message is one that clients send.</summary>
    private static bool IsFromAgents(int type) =>
        type is 2 or 6 || (type is >= FirstAgentType and <= LastAgentType && WireCatalog.TypeOf(type) is not null);

    /// <summary>Whether a message can be signed: openings, the acts in a negotiation, bids.</summary>
    private static bool IsAct(int type) =>
        WireCatalog.TypeOf(type) is { } act
        && (act == typeof(OpenNegotiation) || act == typeof(SubmitBid) || act.IsSubclassOf(typeof(NegotiationAct)));

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
