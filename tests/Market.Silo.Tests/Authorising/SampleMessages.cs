using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Approvals;
using Market.Domain.Enrolling;
using Market.Domain.Hosting;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Tendering;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Authorising;

/// <summary>One well-formed message of each type that a session may send, about given things.</summary>
internal static class SampleMessages
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly byte[] Key = MakeKey();

    /// <summary>The types that there is a message of.</summary>
    public static IEnumerable<Type> Types => About(new Things(), new ListingId(Guid.NewGuid()))
        .Select(static message => message.GetType());

    /// <summary>A message of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="things">What it is about.</param>
    /// <param name="open">A listing that anybody may find.</param>
    public static object Of(Type type, Things things, ListingId open) =>
        About(things, open).Single(message => message.GetType() == type);

    /// <summary>
    /// Messages that name one thing of another owner, and else what anybody may name, by type and name.
    /// </summary>
    public static IEnumerable<(Type Type, string Thing, object Message)> Naming(Things things, Listing open)
    {
        var opening = Some.Opening(open);
        yield return (typeof(OpenNegotiation), "request", opening with { Request = things.Request });
        yield return (typeof(OpenNegotiation), "mandate", opening with
        {
            Mandate = things.Mandate,
            FirstOffer = Some.Offer(6_000),
        });
        yield return (typeof(PublishListing), "mandate", new PublishListing(
            Some.Message(), Some.Listing("Hers") with { Mandate = things.Mandate }));
        yield return (typeof(GrantOwnMandate), "parent", Grant() with { Parent = things.Mandate });
        yield return (typeof(OpenTender), "request", Tender(things.Request));
        foreach (var type in (Type[])[
            typeof(UpdateListing), typeof(WithdrawListing), typeof(MakeOffer), typeof(AcceptOffer),
            typeof(WithdrawOffer), typeof(RejectOffer), typeof(LeaveNegotiation), typeof(JoinNegotiation),
            typeof(Inquire), typeof(Inform), typeof(RevokeOwnMandate), typeof(SuspendOwnMandate),
            typeof(ResumeOwnMandate), typeof(GetMandate), typeof(RequestApproval), typeof(GetApproval),
            typeof(DecideApproval), typeof(WithdrawBid), typeof(ChooseBids), typeof(CancelTender),
            typeof(CloseTender), typeof(GetTender), typeof(GetBids), typeof(GetBidHashes), typeof(EnrolSessionKey),
            typeof(RevokeSessionKey), typeof(HostStrategy), typeof(StopHosting), typeof(RotateKey), typeof(RevokeKey),
            typeof(GetCounterparty)])
        {
            yield return (type, string.Empty, Of(type, things, open.Id));
        }
    }

    private static IEnumerable<object> About(Things things, ListingId open) =>
    [
        .. OfSessions(things), .. OfListings(things, open), .. OfNegotiations(things, open), .. OfMandates(things),
        .. OfApprovals(things), .. OfTenders(things, open), .. OfHosting(things),
        .. OfIdentity(things),
    ];

    private static object[] OfSessions(Things things) =>
    [
        new Hello(new MarketId(things.Listing.Value), "market", 1, new byte[32], default, Key),
        new Authenticate(Key, new byte[64]),
        new Welcome(null),
        new Refused(1, "No", "No."),
        new Register(Some.Profile(principal: "erin")),
        new Subscribe(default),
        new GetBalances(),
    ];

    private static object[] OfListings(Things things, ListingId open) =>
    [
        new PublishListing(Some.Message(), Some.Listing()),
        new UpdateListing(Some.Message(), things.Listing, 1, Some.Listing("Another")),
        new WithdrawListing(Some.Message(), things.Listing, 1),
        new PublishRequest(Some.Message(), new RequestDraft("Coffee", "For us.", 1)),
        Some.Search(),
        new SearchRequests(),
        new CompareListings([new ComparedOrder(open)]),
        new GetPriceHistory(open),
    ];

    private static object[] OfNegotiations(Things things, ListingId open) =>
    [
        new OpenNegotiation(
            Some.Message(), open, 1, [new OrderLine(0, 1)], things.Request, things.Mandate, Protocol.Bilateral, 10,
            Hour,
            null),
        new MakeOffer(Some.Message(), things.Negotiation, 1, Some.Offer(7_000)),
        new AcceptOffer(Some.Message(), things.Negotiation, 1, 1, default),
        new WithdrawOffer(Some.Message(), things.Negotiation, 1, 1),
        new RejectOffer(Some.Message(), things.Negotiation, 1, 1, ReasonCode.Price),
        new LeaveNegotiation(Some.Message(), things.Negotiation, 1, ReasonCode.Other),
        new JoinNegotiation(Some.Message(), things.Negotiation, 1),
        new Inquire(Some.Message(), things.Negotiation, 1, "Is it new?"),
        new Inform(Some.Message(), things.Negotiation, 1, null, [], "It is."),
    ];

    private static object[] OfMandates(Things things) =>
    [
        Grant(),
        new RevokeOwnMandate(Some.Message(), things.Mandate),
        new SuspendOwnMandate(Some.Message(), things.Mandate, 1),
        new ResumeOwnMandate(Some.Message(), things.Mandate, 1),
        new GetMandate(things.Mandate),
    ];

    private static object[] OfApprovals(Things things) =>
    [
        new EnrolPrincipalKey(Key, 1, new byte[64]),
        new RequestApproval(Some.Message(), things.Negotiation, Hour, OfferNumber: 1),
        new ListApprovals(),
        new GetApproval(things.Approval),
        new DecideApproval(Some.Message(), things.Approval, ApprovalAnswer.Deny),
    ];

    private static object[] OfTenders(Things things, ListingId open) =>
    [
        Tender(things.Request),
        new SubmitBid(
            Some.Message(), things.Tender, open, 1, [new OrderLine(0, 1)], Some.Offer(7_000), default),
        new WithdrawBid(Some.Message(), things.Tender),
        new ChooseBids(Some.Message(), things.Tender, [default]),
        new CancelTender(Some.Message(), things.Tender),
        new CloseTender(Some.Message(), things.Tender),
        new GetTender(things.Tender),
        new GetBids(things.Tender),
        new GetBidHashes(things.Tender),
        new FindTenders(),
    ];

    private static object[] OfHosting(Things things) =>
    [
        new MakeSessionKey(Some.Message()),
        new EnrolSessionKey(
            Some.Message(), things.SessionKey, Key, things.Mandate, LedgerTime.FromUtc(DateTimeOffset.UtcNow) + Hour),
        new RevokeSessionKey(Some.Message(), things.SessionKey),
        new HostStrategy(
            Some.Message(), "Linear", HostedUtility.PriceAtLeast(6_000), things.Mandate, things.SessionKey,
            [things.Listing]),
        new StopHosting(Some.Message(), things.Hosting),
        new GetHosting(),
    ];

    private static object[] OfIdentity(Things things) =>
    [
        new RotateKey(
            WireFormat.Encode(new AgentKeyDocument(
                things.Agent, Key, null, TimeSpan.Zero, LedgerTime.FromUtc(DateTimeOffset.UtcNow) + Hour)),
            new byte[64],
            new byte[64]),
        new RevokeKey(Hash256.Of(Key), KeyRevocationReason.Lost, things.Agent),
        new SetAdmission(1, null),
        new GetAdmission(),
        new GetCounterparty(things.Negotiation),
        new ListAgents(),
    ];

    private static GrantOwnMandate Grant() => new(Some.Message(), Currency.Usd, 1_000, 1_000, Hour);

    private static OpenTender Tender(RequestId request) => new(Some.Message(), request, null, Hour, [], 10, Hour);

    private static byte[] MakeKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportSubjectPublicKeyInfo();
    }
}
