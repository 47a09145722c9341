using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Mandates;
using Market.Domain.Negotiating;

namespace Market.Domain.Wire.Messages;

/// <summary>Registers the session's key as an agent. Answer: <see cref="Welcome"/>.</summary>
/// <param name="Profile">What the agent declares.</param>
/// <param name="Enrolment">
/// What its principal signed about it; signed by the agent's own key where the agent is its own principal. Only of an
/// agent that is registered already may it be missing.
/// </param>
[WireType(100)]
public sealed record Register(AgentProfile Profile, SignedEnrolment? Enrolment = null);

/// <summary>Publishes a listing; for sellers. Answer: <see cref="ListingPublished"/>.</summary>
/// <param name="Message">The client's id of the act.</param>
/// <param name="Draft">The listing.</param>
[WireType(101)]
public sealed record PublishListing(MessageId Message, ListingDraft Draft);

/// <summary>
/// Makes a new version of a listing: all of what it is to say. A lower stock takes unsold units back, and is refused
/// where they are not there. Offers bound to an older version are stale from then on; deals stay. For its seller.
/// Answer: <see cref="ListingPublished"/>.
/// </summary>
/// <param name="Message">The client's id of the act.</param>
/// <param name="Listing">Which.</param>
/// <param name="ExpectedVersion">The version that was seen; it is refused where there is a newer one.</param>
/// <param name="Draft">What it is to say.</param>
[WireType(120)]
public sealed record UpdateListing(MessageId Message, ListingId Listing, int ExpectedVersion, ListingDraft Draft);

/// <summary>
/// Withdraws a listing: it is found no more, no negotiation is opened over it, and its unsold stock goes back. For its
/// seller. Answer: <see cref="ListingWithdrawn"/>.
/// </summary>
/// <param name="Message">The client's id of the act.</param>
/// <param name="Listing">Which.</param>
/// <param name="ExpectedVersion">The version that was seen; it is refused where there is a newer one.</param>
[WireType(121)]
public sealed record WithdrawListing(MessageId Message, ListingId Listing, int ExpectedVersion);

/// <summary>Publishes a request; for buyers. Answer: <see cref="RequestPublished"/>.</summary>
/// <param name="Message">The client's id of the act.</param>
/// <param name="Draft">The request.</param>
[WireType(102)]
public sealed record PublishRequest(MessageId Message, RequestDraft Draft);

/// <summary>
/// Finds listings: all of what is given must hold, but for what is only nice. The best come first: by the words found,
/// where and how rare they are, and by the nice attributes met; those that are as good come in the order of their ids.
/// Upper and lower case are the same, and accents make no difference. Answer: <see cref="ListingsFound"/>.
/// </summary>
/// <param name="Text">
/// Words that title, category, lines, attributes or description have, all of them; or null. Nothing in it is syntax.
/// </param>
/// <param name="Category">The category, or null.</param>
/// <param name="Lines">Names of lines that the listing must have.</param>
/// <param name="Attributes">Attributes that it must have, with these values.</param>
/// <param name="After">
/// The last listing of the page before, where there is no cursor of it; null for the first page.
/// </param>
/// <param name="CountMax">How many at most, 1 to 100.</param>
/// <param name="Nice">Attributes that put a listing further up.</param>
/// <param name="Currency">The currency of its prices; null for any.</param>
/// <param name="PriceMinMinor">
/// Least that its lowest unit price may be, in minor units of the currency, which must be given; null for no bound.
/// </param>
/// <param name="PriceMaxMinor">Most that its lowest unit price may be; null for no bound.</param>
/// <param name="Cursor">
/// The cursor of the page before, with the same query; empty for the first page. What is published meanwhile neither
/// repeats nor hides a listing that was there.
/// </param>
[WireType(103)]
public sealed record SearchListings(
    string? Text,
    string? Category,
    ValueArray<string> Lines,
    ValueArray<ListingAttribute> Attributes,
    ListingId? After = null,
    int CountMax = 20,
    ValueArray<ListingAttribute> Nice = default,
    Currency? Currency = null,
    long? PriceMinMinor = null,
    long? PriceMaxMinor = null,
    ReadOnlyMemory<byte> Cursor = default);

/// <summary>
/// Opens a negotiation over an order of a listing's lines; for buyers. Answer: <see cref="ActRecorded"/>.
/// </summary>
/// <param name="Message">The client's id of the act; the negotiation's id is derived from it.</param>
/// <param name="Listing">The listing.</param>
/// <param name="ListingVersion">The version that was seen; an older one is refused.</param>
/// <param name="Order">What is ordered.</param>
/// <param name="Request">The own request whose need a deal fills, or null.</param>
/// <param name="Mandate">The mandate under which the buyer's agent buys, or null.</param>
/// <param name="Protocol">Alternating offers, or the posted price at once.</param>
/// <param name="RoundsMax">Rounds of the negotiation.</param>
/// <param name="Duration">Duration of the negotiation.</param>
/// <param name="FirstOffer">The first offer; null to invite the seller. At the posted price: the posted terms,
/// firm.</param>
/// <param name="ImpasseAfter">Rounds without movement that end it; 0 for never.</param>
[WireType(104)]
public sealed record OpenNegotiation(
    MessageId Message,
    ListingId Listing,
    int ListingVersion,
    ValueArray<OrderLine> Order,
    RequestId? Request,
    MandateId? Mandate,
    Protocol Protocol,
    int RoundsMax,
    TimeSpan Duration,
    ProposedOffer? FirstOffer,
    int ImpasseAfter = 0);

/// <summary>Asks for the balances of the session's principal. Answer: <see cref="Balances"/>.</summary>
[WireType(105)]
public sealed record GetBalances;

/// <summary>
/// Lets an agent of the session's principal deal within limits. Answer: <see cref="MandateGranted"/>; its revision is
/// 1.
/// </summary>
/// <param name="Message">The client's id of the act; the mandate's id is derived from it.</param>
/// <param name="Currency">The currency of all limits.</param>
/// <param name="PerDealMaxMinor">Largest total of one deal, in minor units.</param>
/// <param name="BudgetMaxMinor">Largest sum of all deals in a window, in minor units.</param>
/// <param name="ValidFor">How long from now, or from when it begins to hold.</param>
/// <param name="Window">Over what the budget is counted.</param>
/// <param name="Actions">Which sides of a deal the agent may be.</param>
/// <param name="Categories">Categories of listings; empty for all.</param>
/// <param name="CounterpartiesAllowed">Principals to deal with; empty for all.</param>
/// <param name="CounterpartiesDenied">Principals not to deal with.</param>
/// <param name="OpenHoldsMax">Most deals held until delivery at one time; nil for any number.</param>
/// <param name="DealsMax">Most deals in all; nil for any number.</param>
/// <param name="ApprovalAboveMinor">Totals above it need an approval; nil where none does.</param>
/// <param name="Parent">The mandate that it is delegated from, all of whose limits it narrows; nil for none.</param>
/// <param name="DelegationDepthMax">Levels that may be delegated from it; 0 for none.</param>
/// <param name="Agent">Who may act; nil for the session's agent.</param>
/// <param name="StartsIn">How long from now it begins to hold; nil for at once.</param>
[WireType(106)]
public sealed record GrantOwnMandate(
    MessageId Message,
    Currency Currency,
    long PerDealMaxMinor,
    long BudgetMaxMinor,
    TimeSpan ValidFor,
    BudgetWindow Window = BudgetWindow.Total,
    MandateActions Actions = MandateActions.BuyAndSell,
    ValueArray<string> Categories = default,
    ValueArray<PrincipalNumber> CounterpartiesAllowed = default,
    ValueArray<PrincipalNumber> CounterpartiesDenied = default,
    int? OpenHoldsMax = null,
    int? DealsMax = null,
    long? ApprovalAboveMinor = null,
    MandateId? Parent = null,
    int DelegationDepthMax = 0,
    AgentNumber? Agent = null,
    TimeSpan? StartsIn = null);

/// <summary>Takes a mandate back. Answer: <see cref="LedgerRecorded"/>.</summary>
/// <param name="Message">The client's id of the act.</param>
/// <param name="Mandate">Which.</param>
[WireType(107)]
public sealed record RevokeOwnMandate(MessageId Message, MandateId Mandate);

/// <summary>Stops a mandate until it is resumed. Answer: <see cref="MandateChanged"/>.</summary>
/// <param name="Message">The client's id of the act.</param>
/// <param name="Mandate">Which.</param>
/// <param name="Revision">Its revision as last seen; 1 after the grant.</param>
[WireType(109)]
public sealed record SuspendOwnMandate(MessageId Message, MandateId Mandate, int Revision);

/// <summary>Lets a suspended mandate hold again. Answer: <see cref="MandateChanged"/>.</summary>
/// <param name="Message">The client's id of the act.</param>
/// <param name="Mandate">Which.</param>
/// <param name="Revision">Its revision as last seen.</param>
[WireType(116)]
public sealed record ResumeOwnMandate(MessageId Message, MandateId Mandate, int Revision);

/// <summary>
/// Asks for a mandate of the session's principal and what is used of it. Answer: <see cref="MandateState"/>.
/// </summary>
/// <param name="Mandate">Which.</param>
[WireType(117)]
public sealed record GetMandate(MandateId Mandate);

/// <summary>
/// Asks for the agent's events from a cursor on, for as long as the session lasts. Answer: <see cref="Subscribed"/>,
/// then
/// <see cref="EventNotice"/> frames without correlation.
/// </summary>
/// <param name="After">The cursor of the last event handled; empty for all events.</param>
[WireType(108)]
public sealed record Subscribe(ReadOnlyMemory<byte> After);
