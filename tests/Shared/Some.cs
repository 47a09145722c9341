using System.Buffers.Binary;
using Market.Domain;
using Market.Domain.Negotiating;

namespace Market.Testing;

/// <summary>
/// The world of the tests: one buyer, one seller and a stranger, who negotiate an espresso machine's unit price (in
/// cents), delivery days and warranty months. What a test does not say has a value that the market takes.
/// </summary>
internal static class Some
{
    public static readonly LedgerTime Noon = LedgerTime.FromUtc(
        new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
    public static readonly MarketId Market = new(new Guid("00000000-0000-7000-8000-0000000000aa"));
    public static readonly NegotiationId Negotiation = new(new Guid("00000000-0000-7000-8000-0000000000bb"));
    public static readonly AgentNumber BuyerAgent = new(1);
    public static readonly AgentNumber SellerAgent = new(2);
    public static readonly AgentNumber StrangerAgent = new(3);
    public static readonly MandateId Mandate = new(new Guid("00000000-0000-7000-8000-0000000000cc"));

    public static Participant Buyer { get; } = new(BuyerAgent, new PrincipalNumber(1), Mandate);

    public static Participant Seller { get; } = new(SellerAgent, new PrincipalNumber(2), null);

    public static Agenda Agenda { get; } = new(
        Currency.Usd,
        [
            Issue.UnitPrice(1, 200_00),
            Issue.Range("delivery days", 1, 10),
            Issue.Range("warranty months", 0, 24, 12),
        ]);

    public static Subject Subject { get; } = new(
        new ListingId(new Guid("00000000-0000-7000-8000-0000000000dd")),
        ListingVersion: 1,
        new RequestId(new Guid("00000000-0000-7000-8000-0000000000ee")),
        [new OrderLine(0, 1)],
        Agenda,
        Terms(120_00, 3, 12));

    /// <summary>The same with a quantity of 1 to 20, so that offers may be accepted in part.</summary>
    public static Subject BulkSubject { get; } = Subject with
    {
        Agenda = Agenda with { Issues = [.. Agenda.Issues, Issue.Quantity(1, 20)] },
        Posted = null,
    };

    /// <summary>Twelve rounds, ten minutes, a fee of one percent.</summary>
    public static NegotiationRules Rules(bool signaturesRequired = false, int roundsMax = 12) =>
        new(Protocol.Bilateral, roundsMax, TimeSpan.FromMinutes(10), FeeBasisPoints: 100, signaturesRequired);

    public static Terms Terms(long unitPrice, long deliveryDays = 3, long warrantyMonths = 12) =>
        Agenda.TermsOf(Outcome.Of(unitPrice, deliveryDays, warrantyMonths));

    public static Terms BulkTerms(long unitPrice, long quantity) =>
        BulkSubject.Agenda.TermsOf(Outcome.Of(unitPrice, 3, 12, quantity));

    /// <summary>A firm offer for five minutes.</summary>
    public static ProposedOffer Offer(long unitPrice = 60_00) => ProposedOffer.Firm(Terms(unitPrice));

    /// <summary>An opening by the buyer with a first firm offer of 60.00.</summary>
    public static OpenNegotiationCommand Opening(int message = 1) => new(
        Message(message, Noon), Digest(message), Negotiation, Party.Buyer, Buyer, Seller, Subject, Rules(), Offer(),
        Evidence: null);

    /// <summary>An opening by the buyer without an offer.</summary>
    public static OpenNegotiationCommand Invitation() => Opening() with { FirstOffer = null };

    /// <summary>A purchase at the posted price.</summary>
    public static OpenNegotiationCommand Purchase() => Opening() with
    {
        Rules = Rules() with { Protocol = Protocol.PostedPrice },
        FirstOffer = ProposedOffer.Firm(Subject.Posted!),
    };

    /// <summary>The n-th message id of that time: UUID version 7 with n in its last bits.</summary>
    public static MessageId Message(int number, LedgerTime at)
    {
        Span<byte> id = stackalloc byte[16];
        var milliseconds = (at.Ticks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMillisecond;
        BinaryPrimitives.WriteInt64BigEndian(id, milliseconds << 16);
        id[6] = 0x70;
        id[8] = 0x80;
        BinaryPrimitives.WriteInt32BigEndian(id[12..], number);
        return new MessageId(new Guid(id, bigEndian: true));
    }

    public static ActDigest Digest(int number) => ActDigest.Of(BitConverter.GetBytes(number));

    /// <summary>Bytes that stand for an act and its signature; only the gateway looks into them.</summary>
    public static Evidence Evidence(AgentNumber signer, int number = 1) =>
        new(signer, BitConverter.GetBytes(number), new byte[64]);

    public static SignedReceipt Receipt(int number = 1) => new(BitConverter.GetBytes(number), new byte[64], "key-1");
}
