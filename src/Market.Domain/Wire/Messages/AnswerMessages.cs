using Market.Domain.Listings;
using Market.Domain.Mandates;
using Market.Domain.Negotiating;

namespace Market.Domain.Wire.Messages;

/// <summary>The listing is withdrawn.</summary>
/// <param name="Listing">Which.</param>
/// <param name="Version">Its last version.</param>
[WireType(220)]
public sealed record ListingWithdrawn(ListingId Listing, int Version);

/// <summary>The listing is published, or has a new version.</summary>
/// <param name="Listing">It, with its id and version.</param>
[WireType(201)]
public sealed record ListingPublished(Listing Listing);

/// <summary>The request is published.</summary>
/// <param name="Request">It, with its id.</param>
[WireType(202)]
public sealed record RequestPublished(Request Request);

/// <summary>Listings that match, in order of their ids.</summary>
/// <param name="Listings">One page of them.</param>
/// <param name="HasMore">Whether there is another page after the last of these.</param>
[WireType(203)]
public sealed record ListingsFound(ValueArray<Listing> Listings, bool HasMore);

/// <summary>One balance of a principal.</summary>
/// <param name="Account">What the account is called.</param>
/// <param name="Posted">Credits minus debits.</param>
/// <param name="Pending">What holds take from it.</param>
/// <param name="Available">Posted minus pending.</param>
public sealed record Balance(string Account, long Posted, long Pending, long Available);

/// <summary>The balances of the session's principal.</summary>
/// <param name="AsOfEntry">The ledger entry that they include.</param>
/// <param name="Accounts">One an account.</param>
[WireType(204)]
public sealed record Balances(long AsOfEntry, ValueArray<Balance> Accounts);

/// <summary>The mandate is in the ledger.</summary>
/// <param name="Mandate">Its id.</param>
/// <param name="Entry">The ledger entry that records it.</param>
[WireType(205)]
public sealed record MandateGranted(MandateId Mandate, long Entry);

/// <summary>The mandate was suspended or resumed.</summary>
/// <param name="Mandate">Which.</param>
/// <param name="Revision">Its revision, to be named by the next change.</param>
/// <param name="Entry">The ledger entry that records it.</param>
[WireType(208)]
public sealed record MandateChanged(MandateId Mandate, int Revision, long Entry);

/// <summary>A mandate of the session's principal, and what deals have taken of it.</summary>
/// <param name="AsOfEntry">The ledger entry that it includes.</param>
/// <param name="Mandate">What was granted.</param>
/// <param name="Status">Where it stands, apart from those that it was delegated from.</param>
/// <param name="Revision">1 when granted, one more with each change.</param>
/// <param name="HeldMinor">Totals of deals held until delivery, in minor units.</param>
/// <param name="PostedMinor">Totals of deals posted, less what was reversed, in minor units.</param>
/// <param name="WindowUsedMinor">What is taken of the budget in its present window, in minor units.</param>
/// <param name="OpenHolds">Deals held until delivery.</param>
/// <param name="Deals">Deals settled and not voided.</param>
[WireType(209)]
public sealed record MandateState(
    long AsOfEntry,
    Mandate Mandate,
    MandateStatus Status,
    int Revision,
    long HeldMinor,
    long PostedMinor,
    long WindowUsedMinor,
    int OpenHolds,
    long Deals);

/// <summary>The ledger has recorded the act.</summary>
/// <param name="Entry">The entry.</param>
[WireType(206)]
public sealed record LedgerRecorded(long Entry);

/// <summary>Events follow.</summary>
[WireType(207)]
public sealed record Subscribed;

/// <summary>An event of a negotiation, as the session's agent may see it.</summary>
/// <param name="Cursor">Opaque; give it back to <see cref="Subscribe"/> to go on after this event.</param>
/// <param name="Seq">Version of the negotiation that the event makes: 1, 2, 3 without a gap.</param>
/// <param name="Event">What happened.</param>
[WireType(300)]
public sealed record EventNotice(ReadOnlyMemory<byte> Cursor, long Seq, NegotiationEvent Event);

/// <summary>An event that is no negotiation's, as the session's agent may see it.</summary>
/// <param name="Cursor">Opaque; give it back to <see cref="Subscribe"/> to go on after this event.</param>
/// <param name="Event">What happened.</param>
[WireType(301)]
public sealed record AgentNotice(ReadOnlyMemory<byte> Cursor, AgentEvent Event);
