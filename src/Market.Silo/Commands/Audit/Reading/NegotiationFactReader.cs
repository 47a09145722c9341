using Part = Market.Silo.Commands.Audit.Reading.NegotiationPartReader;

namespace Market.Silo.Commands.Audit.Reading;

/// <summary>Reads the events of negotiations by position; elements that a newer program appended are skipped.</summary>
internal static class NegotiationFactReader
{
    private const int ElementsWithoutQuantity = 8;

    /// <summary>How many elements an event's kind has at least; 0 where it is none that is known here.</summary>
    public static int ElementsOf(int kind) => kind switch
    {
        400 => 10,
        401 => 3,
        402 => 5,
        403 or 410 or 411 or 412 => 4,
        404 => 3,
        405 => ElementsWithoutQuantity,
        406 => 11,
        407 or 413 => 6,
        414 => 7,
        408 => 5,
        409 => 2,
        _ => 0,
    };

    /// <summary>The event of a kind whose elements stand here, and how many of them were read.</summary>
    public static NegotiationFact Read(int kind, Moment at, int count, ref FormReader reader, out int read)
    {
        // A reason code means nothing to the audit, and what the sides have said even less.
        var hasQuantity = kind == 405 && count > ElementsWithoutQuantity;
        read = hasQuantity ? ElementsWithoutQuantity + 1 : ElementsOf(kind) - kind switch
        {
            407 or 408 => 1,
            413 or 414 => 2,
            _ => 0,
        };
        var id = new NegotiationId(reader.Id());
        return kind switch
        {
            404 => new OfferExpired(at, id, reader.Int64()),
            409 => new NegotiationExpired(at, id),
            410 => new DealSettled(at, id, Deal(ref reader), Part.SignedReceipt(ref reader)),
            411 => Failed(at, id, ref reader),
            _ => Approved(
                kind, count, Act(kind, at, id, reader.Optional(Part.Act), hasQuantity, ref reader), ref reader,
                ref read),
        };
    }

    /// <summary>An act with its principal's approval, which older rows do not have.</summary>
    private static NegotiationFact Approved(
        int kind, int count, NegotiationFact act, ref FormReader reader, ref int read)
    {
        if (count <= read || kind is not (400 or 402 or 405 or 406))
        {
            return act;
        }

        read++;
        var approval = reader.Optional(GrantedApproval.Read);
        return act switch
        {
            NegotiationOpened opened => opened with { Approval = approval },
            OfferMade made => made with { Approval = approval },
            OfferAccepted accepted => accepted with { Approval = approval },
            PostedPriceTaken taken => taken with { Approval = approval },
            _ => act,
        };
    }

    private static NegotiationFact Act(
        int kind, Moment at, NegotiationId id, ActReference? act, bool hasQuantity, ref FormReader reader) =>
        kind switch
        {
            400 => new NegotiationOpened(
                at, id, act, reader.Party(), Part.Participant(ref reader), Part.Participant(ref reader),
                Part.Subject(ref reader), Part.Rules(ref reader), reader.Optional(Part.Offer),
                reader.Optional(Part.Evidence)),
            401 => new NegotiationJoined(at, id, act),
            402 => new OfferMade(at, id, act, Part.Offer(ref reader), reader.Optional(Part.Evidence)),
            403 => new OfferWithdrawn(at, id, act, reader.Int64()),
            405 => new OfferAccepted(
                at, id, act, reader.Int64(), reader.Hash(), Deal(ref reader), reader.Hash(),
                reader.Optional(Part.Evidence), hasQuantity ? reader.OptionalInt64() : null),
            406 => new PostedPriceTaken(
                at, id, act, Part.Participant(ref reader), Part.Participant(ref reader), Part.Subject(ref reader),
                Part.Rules(ref reader), Part.Offer(ref reader), Deal(ref reader), reader.Hash(),
                reader.Optional(Part.Evidence)),
            407 => new NegotiationRejected(at, id, act, reader.Party(), reader.Int64()),
            412 => new NegotiationCancelled(at, id, act, (CancelReason)reader.Member(4)),
            413 => new InquiryMade(at, id, act, reader.Party()),
            414 => new InformationGiven(at, id, act, reader.Party(), reader.OptionalInt64()),
            _ => new NegotiationLeft(at, id, act, reader.Party()),
        };

    private static DealId Deal(ref FormReader reader) => new(reader.Hash());

    private static DealNotSettled Failed(Moment at, NegotiationId id, ref FormReader reader)
    {
        var deal = Deal(ref reader);
        var count = reader.BeginArray(required: 2);
        var failed = new DealNotSettled(at, id, deal, reader.Int32(), reader.Int32());
        reader.EndArray(count - 2);
        return failed;
    }
}
