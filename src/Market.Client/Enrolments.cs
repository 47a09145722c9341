using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <summary>
/// Makes enrolments: a principal's word that an agent acts for it. It needs no connection, so the principal's key can
/// stay on another machine; what it makes is a few hundred bytes, for this agent and this market only, and no secret.
/// </summary>
/// <example><code>
/// // Where the principal's key is:
/// var enrolment = Enrolments.Sign(market, principalKey, agentThumbprint, profile, DateTimeOffset.UtcNow);
/// File.WriteAllBytes("shopper.enrolment", Enrolments.ToBytes(enrolment));
/// // Where the agent runs:
/// await client.RegisterAsync(Enrolments.FromBytes(File.ReadAllBytes("shopper.enrolment")));
/// </code></example>
public static class Enrolments
{
    /// <summary>How far before now an enrolment begins, since the market's clock may be behind.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ValidForDefault = TimeSpan.FromDays(7);

    /// <summary>Signs an enrolment.</summary>
    /// <param name="market">The market; the enrolment counts in no other.</param>
    /// <param name="principal">
    /// The principal's key; the agent's own where the agent registers as its own principal.
    /// </param>
    /// <param name="agentKey">The <see cref="AgentKey.Thumbprint"/> of the agent's key.</param>
    /// <param name="profile">What the agent declares; it registers with exactly this.</param>
    /// <param name="now">The time of day.</param>
    /// <param name="validFor">For how long it may be used; null for seven days.</param>
    public static SignedEnrolment Sign(
        MarketId market,
        AgentKey principal,
        Hash256 agentKey,
        AgentProfile profile,
        DateTimeOffset now,
        TimeSpan? validFor = null)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(profile);
        var from = LedgerTime.FromUtc(now);
        var document = WireFormat.Encode(
            new Enrolment(agentKey, profile, from + -Skew, from + (validFor ?? ValidForDefault)));
        var signature = principal.Sign(SignedPayload.ForEnrolment(market, document));
        return new SignedEnrolment(document, principal.PublicKey, signature);
    }

    /// <summary>An enrolment as bytes, for a file.</summary>
    public static byte[] ToBytes(SignedEnrolment enrolment)
    {
        ArgumentNullException.ThrowIfNull(enrolment);
        return WireFormat.Encode(enrolment);
    }

    /// <summary>The enrolment of such bytes.</summary>
    /// <exception cref="WireFormatException">They are none.</exception>
    public static SignedEnrolment FromBytes(ReadOnlySpan<byte> bytes) => WireFormat.Decode<SignedEnrolment>(bytes);
}
