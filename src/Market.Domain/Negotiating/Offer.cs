namespace Market.Domain.Negotiating;

/// <summary>Whether an offer can be accepted.</summary>
public enum OfferBinding : byte
{
    /// <summary>It invites an answer and cannot be accepted.</summary>
    Indicative = 1,

    /// <summary>Acceptance alone makes the deal.</summary>
    Firm = 2,
}

/// <summary>Terms as an agent proposes them, before the market has dated and numbered them.</summary>
/// <param name="Terms">The terms; their total is recomputed and refused where it does not add up.</param>
/// <param name="Binding">Firm or indicative.</param>
/// <param name="ValidFor">How long it stands from the moment at which the market records it.</param>
/// <param name="Irrevocable">Whether the proposer gives up the right to withdraw it.</param>
/// <param name="IsFinal">
/// Whether it is the proposer's best and final one: it makes no further offer, whatever becomes of this one. The other
/// side accepts, rejects, or counters, which the proposer may accept.
/// </param>
/// <param name="PartialFrom">
/// The least units that the other side may accept of the quantity offered; null where it is all or nothing. Only in a
/// firm offer, where the agenda has a unit price and a quantity.
/// </param>
public sealed record ProposedOffer(
    Terms Terms,
    OfferBinding Binding,
    TimeSpan ValidFor,
    bool Irrevocable = false,
    bool IsFinal = false,
    long? PartialFrom = null)
{
    /// <summary>How long an offer stands when its maker does not say.</summary>
    public static readonly TimeSpan DefaultValidity = TimeSpan.FromMinutes(5);

    /// <summary>A firm offer with the default validity.</summary>
    public static ProposedOffer Firm(Terms terms) => new(terms, OfferBinding.Firm, DefaultValidity);

    /// <summary>An indicative offer with the default validity.</summary>
    public static ProposedOffer Indicative(Terms terms) => new(terms, OfferBinding.Indicative, DefaultValidity);
}

/// <summary>An offer as the market recorded it.</summary>
/// <param name="Number">Its number: the version of the negotiation's stream at which it was made.</param>
/// <param name="By">Who made it.</param>
/// <param name="Terms">The terms.</param>
/// <param name="Binding">Firm or indicative.</param>
/// <param name="ValidUntil">From this moment on it no longer stands.</param>
/// <param name="Irrevocable">Whether it cannot be withdrawn.</param>
/// <param name="Hash">What an accept must name: see <see cref="NegotiationHashes.OfOffer"/>.</param>
/// <param name="IsFinal">Whether its maker makes no further offer.</param>
/// <param name="PartialFrom">The least units that may be accepted; null where it is all or nothing.</param>
public sealed record Offer(
    long Number,
    Party By,
    Terms Terms,
    OfferBinding Binding,
    LedgerTime ValidUntil,
    bool Irrevocable,
    Hash256 Hash,
    bool IsFinal = false,
    long? PartialFrom = null);
