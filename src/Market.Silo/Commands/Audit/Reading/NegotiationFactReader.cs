using Part = Market.Silo.Commands.Audit.Reading.NegotiationPartReader;

namespace Market.Silo.Commands.Audit.Reading;

/// <summary>Reads the events of negotiations by position; elements that a newer program appended are skipped.</summary>
internal static class NegotiationFactReader
{
    /// <summary>How many elements an event's kind has; 0 where it is none that is known here.</summary>
    public static int ElementsOf(int kind) => kind switch
    {
        400 => 10,
        401 => 3,
        402 => 5,
        403 or 410 or 411 => 4,
        404 => 3,
        405 => 8,
        406 => 11,
        407 => 6,
        408 => 5,
        409 => 2,
        _ => 0,
    };

    /// <summary>The event of a kind whose elements stand here, and how many of them were read.</summary>
    public static NegotiationFact Read(int kind, int count, Moment at, ref FormReader reader, out int read)
    {
        read = ElementsOf(kind) - (kind is 407 or 408 ? 1 : 0); // a reason code means nothing to the audit
        var id = new NegotiationId(reader.Id());
        return kind switch
        {
            404 => new OfferExpired(at, id, reader.Int64()),
            409 => new NegotiationExpired(at, id),
            410 => new DealSettled(at, id, Deal(ref reader), Part.SignedReceipt(ref reader)),
            411 => Failed(at, id, ref reader),
            _ => Approved(kind, count, Act(kind, at, id, reader.Optional(Part.Act), ref reader), ref reader, ref read),
        };
    }

    /// <summary>An act with its principal's approval, which older rows do not have.</summary>
    private static NegotiationFact Approved(
        int kind, int count, NegotiationFact act, ref FormReader reader, ref int read)
    {
        if (count <= ElementsOf(kind) || kind is not (400 or 402 or 405 or 406))
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
        int kind, Moment at, NegotiationId id, ActReference? act, ref FormReader reader) => kind switch
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
                reader.Optional(Part.Evidence)),
            406 => new PostedPriceTaken(
                at, id, act, Part.Participant(ref reader), Part.Participant(ref reader), Part.Subject(ref reader),
                Part.Rules(ref reader), Part.Offer(ref reader), Deal(ref reader), reader.Hash(),
                reader.Optional(Part.Evidence)),
            407 => new NegotiationRejected(at, id, act, reader.Party(), reader.Int64()),
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
