using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <summary>Makes the signed words by which an agent gets another key.</summary>
internal static class AgentKeyChanges
{
    private static readonly TimeSpan ValidFor = TimeSpan.FromHours(1);

    /// <summary>A new key of an agent, proved by itself and authorized by another key.</summary>
    public static RotateKey Sign(
        MarketId market,
        AgentNumber agent,
        AgentKey newKey,
        AgentKey authorizing,
        Hash256? replaces,
        TimeSpan? overlap,
        DateTimeOffset now)
    {
        var document = WireFormat.Encode(new AgentKeyDocument(
            agent, newKey.PublicKey, replaces, overlap ?? AgentKeyDocument.OverlapDefault,
            LedgerTime.FromUtc(now) + ValidFor));
        var payload = SignedPayload.ForAgentKey(market, document);
        return new RotateKey(document, newKey.Sign(payload), authorizing.Sign(payload));
    }
}
