using Market.Domain.Approvals;
using Market.Domain.Hosting;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Tendering;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using static Market.Silo.Gateway.Authorising.SessionKinds;
using AgentKeyRefusal = Market.Domain.Enrolling.AgentKeyRefusal;

namespace Market.Silo.Gateway.Authorising;

/// <summary>
/// Who may send what: one row for each message of a session and of agents. What has no row is refused. Who the sender
/// is comes from the key that its session has proved; whose a thing is, from the state that the thing's grain holds.
/// </summary>
internal static class AuthorisationTable
{
    private const string Party = "a party to it";
    private const string Sender = "the sender's";
    private const string Principal = "its principal's";
    private const string TenderBuyer = "the tender's buyer";

    private static readonly OwnedThing Negotiation =
        new("negotiation", Party, NegotiationRefusal.NegotiationNotFound);

    private static readonly OwnedThing Mandate = new("mandate", Principal, LedgerRefusal.MandateUnknown);
    private static readonly OwnedThing Approval = new("approval", Principal, ApprovalRefusal.ApprovalUnknown);
    private static readonly OwnedThing Need = new("request", Sender, ListingRefusal.RequestNotFound);
    private static readonly OwnedThing Stock = new("listing", Sender, ListingRefusal.ListingNotFound);
    private static readonly OwnedThing SessionKey = new("key", Sender, HostingRefusal.SessionKeyUnknown);
    private static readonly OwnedThing Tender = new("tender", TenderBuyer, TenderRefusal.TenderNotFound);
    private static readonly OwnedThing Agents = new("agent", Principal, AgentKeyRefusal.AgentUnknown);
    private static readonly OwnedThing SeenTender =
        new("tender", "one that the sender may see", TenderRefusal.TenderNotFound);

    /// <summary>The rows, by number.</summary>
    public static IReadOnlyList<AuthorisationRule> Rows { get; } = [.. Make().OrderBy(static row => row.Number)];

    private static IEnumerable<AuthorisationRule> Make() =>
        [
            .. Sessions(), .. Listings(), .. Negotiations(), .. Mandates(), .. Approvals(), .. Tenders(), .. Hosting(),
            .. Identity(),
        ];

    private static AuthorisationRule[] Sessions() =>
    [
        Row<Hello>(None),
        Row<Authenticate>(Unproven),
        Row<Welcome>(None),
        Row<Refused>(None),
        Row<SignedAct>(Unregistered | Agent | SessionKinds.Principal),
        Row<Register>(Unregistered | Agent),
        Row<Subscribe>(Agent),
        Row<GetBalances>(Agent),
    ];

    private static AuthorisationRule[] Listings() =>
    [
        Row<PublishListing>(Seller, Mandate),
        Row<UpdateListing>(Seller, Stock, Mandate),
        Row<WithdrawListing>(Seller, Stock),
        Row<PublishRequest>(Buyer),
        Row<SearchListings>(Agent),
        Row<SearchRequests>(Agent),
        Row<CompareListings>(Agent),
        Row<GetPriceHistory>(Agent),
    ];

    private static AuthorisationRule[] Negotiations() =>
    [
        Signed<OpenNegotiation>(Buyer, Need, Mandate),
        Signed<MakeOffer>(Agent, Negotiation),
        Signed<AcceptOffer>(Agent, Negotiation),
        Signed<WithdrawOffer>(Agent, Negotiation),
        Signed<RejectOffer>(Agent, Negotiation),
        Signed<LeaveNegotiation>(Agent, Negotiation),
        Signed<JoinNegotiation>(Agent, Negotiation),
        Signed<Inquire>(Agent, Negotiation),
        Signed<Inform>(Agent, Negotiation),
    ];

    private static AuthorisationRule[] Mandates() =>
    [
        Row<GrantOwnMandate>(
            Agent | SessionKinds.Principal, new OwnedThing("parent", Principal, LedgerRefusal.MandateUnknown)),
        Row<RevokeOwnMandate>(Agent | SessionKinds.Principal, Mandate),
        Row<SuspendOwnMandate>(Agent | SessionKinds.Principal, Mandate),
        Row<ResumeOwnMandate>(Agent | SessionKinds.Principal, Mandate),
        Row<GetMandate>(Agent | SessionKinds.Principal, Mandate),
    ];

    private static AuthorisationRule[] Approvals() =>
    [
        Row<EnrolPrincipalKey>(Agent | SessionKinds.Principal),
        Row<RequestApproval>(Agent, Negotiation),
        Row<ListApprovals>(Agent | SessionKinds.Principal),
        Row<GetApproval>(Agent | SessionKinds.Principal, Approval),
        Row<DecideApproval>(SessionKinds.Principal, Approval),
    ];

    private static AuthorisationRule[] Tenders() =>
    [
        Row<OpenTender>(
            Buyer, Need, Mandate, new OwnedThing("finalRoundOf", TenderBuyer, TenderRefusal.FinalRoundOfUnknownTender)),
        Signed<SubmitBid>(Seller, SeenTender),
        Row<WithdrawBid>(Seller, SeenTender),
        Row<ChooseBids>(Buyer, Tender),
        Row<CancelTender>(Buyer, Tender),
        Row<CloseTender>(Buyer, Tender),
        Row<GetTender>(Agent, SeenTender),
        Row<GetBids>(Buyer, Tender),
        Row<GetBidHashes>(Agent, SeenTender),
        Row<FindTenders>(Agent),
    ];

    private static AuthorisationRule[] Hosting() =>
    [
        Row<MakeSessionKey>(Agent),
        Signed<EnrolSessionKey>(Agent, SessionKey, Mandate),
        Row<RevokeSessionKey>(Agent, SessionKey),
        Row<HostStrategy>(
            Agent,
            SessionKey,
            new OwnedThing("listings, negotiations, request", Sender, HostingRefusal.SubjectNotFound)),
        Row<StopHosting>(Agent, new OwnedThing("hosting", Sender, HostingRefusal.HostingNotFound)),
        Row<GetHosting>(Agent),
    ];

    private static AuthorisationRule[] Identity() =>
    [
        Row<RotateKey>(Agent | SessionKinds.Principal, Agents),
        Row<RevokeKey>(Agent | SessionKinds.Principal, Agents),
        Row<SetAdmission>(Agent),
        Row<GetAdmission>(Agent),
        Row<GetCounterparty>(Agent, Negotiation),
        Row<ListAgents>(Agent | SessionKinds.Principal),
    ];

    private static AuthorisationRule Row<TMessage>(SessionKinds senders, params OwnedThing[] things) =>
        Of<TMessage>(senders, false, things);

    private static AuthorisationRule Signed<TMessage>(SessionKinds senders, params OwnedThing[] things) =>
        Of<TMessage>(senders, true, things);

    private static AuthorisationRule Of<TMessage>(SessionKinds senders, bool mayBeSigned, OwnedThing[] things) =>
        new(WireCatalog.NumberOf(typeof(TMessage)), typeof(TMessage), senders, mayBeSigned, things);
}
