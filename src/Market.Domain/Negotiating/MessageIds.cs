using System.Buffers.Binary;
using Market.Domain.Hosting;

namespace Market.Domain.Negotiating;

/// <summary>
/// What the market reads from a message id. Its own time (RFC 9562, the first 48 bits of a UUID version 7) bounds how
/// long ids must be remembered: an older one is refused, never executed (INV-8).
/// </summary>
public static class MessageIds
{
    private const long TicksPerMillisecond = TimeSpan.TicksPerMillisecond;

    /// <summary>Why an id cannot be taken now; null when it can.</summary>
    public static NegotiationRefusal? Refuse(MessageId message, LedgerTime now)
    {
        var age = now - TimeOf(message);
        return age > MarketLimits.MessageIdWindow ? NegotiationRefusal.MessageIdTooOld
            : age < -MarketLimits.MessageIdSkewMax ? NegotiationRefusal.MessageIdFromTheFuture
            : null;
    }

    /// <summary>The time in a message id, to the millisecond.</summary>
    public static LedgerTime TimeOf(MessageId message) => new(
        DateTimeOffset.UnixEpoch.UtcTicks + (UnixMillisecondsOf(message.Value) * TicksPerMillisecond));

    /// <summary>
    /// The id of what an act creates: the act's own time, so that ids grow, then 74 bits of a hash over purpose,
    /// market, agent and message id. A retry of the act derives the same id, and no agent can aim at another's.
    /// </summary>
    public static Guid Derive(string purpose, MarketId market, AgentNumber agent, MessageId message)
    {
        var hash = Hash256.Of(Wire.WireFormat.Encode(new DerivedIdDocument(purpose, market, agent, message)));
        return Of(UnixMillisecondsOf(message.Value), hash);
    }

    /// <summary>
    /// The message id of what a hosted strategy does on a turn: from the hosting, the negotiation and its version, so
    /// that whoever repeats the turn after a crash repeats the act. Its own time is the turn's, or where that is near
    /// the end of the window of message ids, the day's beginning.
    /// </summary>
    /// <param name="hosting">The hosting.</param>
    /// <param name="negotiation">The negotiation.</param>
    /// <param name="seq">Its version at the turn.</param>
    /// <param name="turnAt">When that version came to be.</param>
    /// <param name="now">The moment.</param>
    public static MessageId OfHosted(
        HostingId hosting, NegotiationId negotiation, long seq, LedgerTime turnAt, LedgerTime now)
    {
        var hash = Hash256.Of(Wire.WireFormat.Encode(
            new HostedActDocument("market.hosted-act.v1", hosting, negotiation, seq)));
        var at = now - turnAt <= MarketLimits.MessageIdWindow - TimeSpan.FromDays(1)
            ? turnAt.Ticks
            : now.Ticks - (now.Ticks % TimeSpan.TicksPerDay);
        return new MessageId(Of((at - DateTimeOffset.UnixEpoch.UtcTicks) / TicksPerMillisecond, hash));
    }

    private static Guid Of(long unixMilliseconds, Hash256 hash)
    {
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, unixMilliseconds << 16);
        BinaryPrimitives.WriteUInt16BigEndian(id[6..], (ushort)(0x7000 | (hash.A & 0x0FFF)));
        BinaryPrimitives.WriteUInt64BigEndian(id[8..], 0x8000_0000_0000_0000 | (hash.B & 0x3FFF_FFFF_FFFF_FFFF));
        return new Guid(id, bigEndian: true);
    }

    private static long UnixMillisecondsOf(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
    }
}

/// <summary>What the id of a hosted strategy's act is the hash of.</summary>
internal sealed record HostedActDocument(string Purpose, HostingId Hosting, NegotiationId Negotiation, long Seq);

/// <summary>What a derived id is the hash of.</summary>
internal sealed record DerivedIdDocument(string Purpose, MarketId Market, AgentNumber Agent, MessageId Message);
