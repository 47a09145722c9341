using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Tendering;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Fuzzing;

/// <summary>
/// What a seller and a buyer have learnt of their market, so that they can also send acts that are right, or nearly:
/// hostile bytes in the middle of a deal reach further than any others.
/// </summary>
internal sealed class FuzzWorld(Random dice)
{
    private const int KnownMax = 64;

    private readonly List<ListingId> _listings = [];
    private readonly List<RequestId> _requests = [];
    private readonly List<MandateId> _mandates = [];
    private readonly List<TenderId> _tenders = [];
    private readonly List<SessionKeyMade> _keys = [];
    private readonly List<Table> _tables = [];

    /// <summary>Takes up what an answer or a notice tells.</summary>
    public void Learn(object message)
    {
        switch (message)
        {
            case ListingPublished published:
                Keep(_listings, published.Listing.Id);
                break;
            case RequestPublished published:
                Keep(_requests, published.Request.Id);
                break;
            case MandateGranted granted:
                Keep(_mandates, granted.Mandate);
                break;
            case TenderRecorded recorded:
                Keep(_tenders, recorded.Tender);
                break;
            case SessionKeyMade made:
                Keep(_keys, made);
                break;
            case EventNotice notice:
                Learn(notice);
                break;
            default:
                break;
        }
    }

    /// <summary>An act that could be right; null where nothing is known yet that it could name.</summary>
    public object? Act(bool isSeller)
    {
        var message = new MessageId(Guid.CreateVersion7());
        return dice.Next(isSeller ? 9 : 10) switch
        {
            < 4 => Any(_tables) is { } table ? ActAt(table, message) : Start(isSeller, message),
            4 => new GrantOwnMandate(message, Currency.Usd, Price(), 100_000_00, TimeSpan.FromDays(1)),
            5 => Any(_keys) is { } key && Known(_mandates) is { } mandate
                ? new EnrolSessionKey(
                    message, key.Key, key.PublicKey, mandate, LedgerTime.FromUtc(DateTimeOffset.UtcNow.AddDays(1)))
                : new MakeSessionKey(message),
            6 when Known(_tenders) is { } tender => isSeller && Known(_listings) is { } listing
                ? new SubmitBid(message, tender, listing, 1, [new OrderLine(0, 1)], Offer(), Hash256.Of([1]))
                : new CancelTender(message, tender),
            _ => Start(isSeller, message),
        };
    }

    private object? Start(bool isSeller, MessageId message)
    {
        if (isSeller)
        {
            return Known(_listings) is { } own && dice.Next(4) == 0
                ? new UpdateListing(message, own, dice.Next(1, 4), Draft())
                : new PublishListing(message, Draft());
        }

        return dice.Next(4) switch
        {
            0 => new PublishRequest(message, new RequestDraft("A lamp", "", 1_000)),
            1 when Known(_requests) is { } request => new OpenTender(
                message, request, Known(_mandates), TimeSpan.FromSeconds(dice.Next(1, 60)), [], 10,
                TimeSpan.FromMinutes(5)),
            _ => Known(_listings) is { } listing
                ? new OpenNegotiation(
                    message, listing, 1, [new OrderLine(0, dice.Next(1, 4))], Known(_requests), Known(_mandates),
                    dice.Next(8) == 0 ? Protocol.PostedPrice : Protocol.Bilateral, 20, TimeSpan.FromMinutes(10),
                    dice.Next(3) == 0 ? null : Offer(), dice.Next(4))
                : null,
        };
    }

    private object ActAt(Table table, MessageId message)
    {
        var (id, seq) = (table.Id, table.Seq + (dice.Next(8) == 0 ? dice.Next(-2, 3) : 0));
        return dice.Next(12) switch
        {
            < 5 => new MakeOffer(message, id, seq, Offer()),
            < 7 => new AcceptOffer(message, id, seq, table.Offer?.Number ?? 1, table.Offer?.Hash ?? Hash256.Zero),
            7 => new WithdrawOffer(message, id, seq, table.Offer?.Number ?? 1),
            8 => new RejectOffer(message, id, seq, table.Offer?.Number ?? 1, ReasonCode.Price),
            9 => new JoinNegotiation(message, id, seq),
            10 => new Inquire(message, id, seq, "Is it new?", "delivery days"),
            _ => new Inform(message, id, seq, seq, [new IssueValue("delivery days", dice.Next(12))]),
        };
    }

    private void Learn(EventNotice notice)
    {
        var offer = notice.Event switch
        {
            NegotiationOpened opened => opened.FirstOffer,
            OfferMade made => made.Offer,
            _ => null,
        };
        var at = _tables.FindIndex(table => table.Id == notice.Event.Negotiation);
        if (at >= 0)
        {
            _tables[at] = _tables[at] with { Seq = notice.Seq, Offer = offer ?? _tables[at].Offer };
        }
        else
        {
            Keep(_tables, new Table(notice.Event.Negotiation, notice.Seq, offer));
        }
    }

    private ProposedOffer Offer()
    {
        var price = Price();
        return new ProposedOffer(
            new Terms(Outcome.Of(price, dice.Next(1, 11)), price), (OfferBinding)dice.Next(1, 3),
            TimeSpan.FromMinutes(dice.Next(1, 5)), dice.Next(8) == 0, dice.Next(8) == 0);
    }

    private long Price() => dice.Next(10_00, 99_01);

    private static ListingDraft Draft() => new(
        "Lamp", "lamps", "", [new ListingLine("lamp", 50_00)], [], Currency.Usd,
        [Issue.UnitPrice(10_00, 99_00), Issue.Range("delivery days", 1, 10)], [0, 5], 1_000);

    private T? Any<T>(List<T> known)
        where T : class => known.Count == 0 ? null : known[dice.Next(known.Count)];

    private T? Known<T>(List<T> known)
        where T : struct => known.Count == 0 ? null : known[dice.Next(known.Count)];

    private void Keep<T>(List<T> known, T value)
    {
        if (known.Count < KnownMax)
        {
            known.Add(value);
        }
        else
        {
            known[dice.Next(known.Count)] = value;
        }
    }

    /// <summary>A negotiation as its last event left it.</summary>
    private sealed record Table(NegotiationId Id, long Seq, Offer? Offer);
}
