using Market.Domain.Enrolling;
using Market.Domain.Negotiating;

namespace Market.Domain.Hosting;

/// <summary>A strategy that an agent has left with the market: UUID version 7, derived from the act.</summary>
/// <param name="Value">The UUID; big-endian on the wire.</param>
public readonly record struct HostingId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"hst_{Value:n}";
}

/// <summary>What is open of a hosting: all but the utility, which only its owner and the market know.</summary>
/// <param name="Message">The agent's id of the act.</param>
/// <param name="Side">The side on which the agent is.</param>
/// <param name="Strategy">The strategy's name in the catalogue, with its parameters.</param>
/// <param name="Mandate">The mandate that it acts under.</param>
/// <param name="SessionKey">The key that signs for it.</param>
/// <param name="Listings">A seller's listings: it answers whoever opens a negotiation over one.</param>
/// <param name="Negotiations">A buyer's negotiations, which it goes on with.</param>
/// <param name="Request">A buyer's request: it goes on with every negotiation under it; or null.</param>
public sealed record HostingPlan(
    MessageId Message,
    Party Side,
    string Strategy,
    MandateId Mandate,
    SessionKeyId SessionKey,
    ValueArray<ListingId> Listings = default,
    ValueArray<NegotiationId> Negotiations = default,
    RequestId? Request = null)
{
    /// <summary>Whether it conducts a negotiation.</summary>
    public bool Conducts(NegotiationId negotiation, Subject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return Listings.Contains(subject.Listing) || Negotiations.Contains(negotiation)
            || (Request is { } request && request == subject.Request);
    }

    /// <summary>Whether it and another one would conduct the same listing, request or negotiation.</summary>
    public bool Overlaps(HostingPlan other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Listings.Any(listing => other.Listings.Contains(listing))
            || Negotiations.Any(negotiation => other.Negotiations.Contains(negotiation))
            || (Request is { } request && request == other.Request);
    }
}

/// <summary>Why a hosting has ended.</summary>
public enum HostingEnd : byte
{
    /// <summary>Its agent stopped it.</summary>
    Stopped = 1,

    /// <summary>Its session key was taken back.</summary>
    SessionKeyRevoked = 2,

    /// <summary>Its session key has expired.</summary>
    SessionKeyExpired = 3,

    /// <summary>The strategy failed.</summary>
    StrategyFailed = 4,

    /// <summary>What the agent left for it cannot be read any more.</summary>
    LimitsUnreadable = 5,
}

/// <summary>A hosting as its agent may see it. Its limits are never given out again.</summary>
/// <param name="Id">The hosting.</param>
/// <param name="Plan">What is open of it.</param>
/// <param name="Commitment">SHA-256 of a random salt and the wire form of the utility.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended; null while it runs.</param>
/// <param name="End">Why it ended; null while it runs.</param>
public sealed record HostingView(
    HostingId Id,
    HostingPlan Plan,
    Hash256 Commitment,
    LedgerTime StartedAt,
    LedgerTime? EndedAt = null,
    HostingEnd? End = null);
