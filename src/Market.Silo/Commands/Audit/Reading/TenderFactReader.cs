using Part = Market.Silo.Commands.Audit.Reading.NegotiationPartReader;

namespace Market.Silo.Commands.Audit.Reading;

/// <summary>Reads the events of tenders by position; elements that a newer program appended are skipped.</summary>
internal static class TenderFactReader
{
    /// <summary>How many elements an event's kind has; 0 where it is none that is known here.</summary>
    public static int ElementsOf(int kind) => kind switch
    {
        430 => 7,
        431 or 432 or 435 or 436 or 437 => 4,
        433 or 438 => 3,
        434 => 7,
        _ => 0,
    };

    /// <summary>The event of a kind whose elements stand here, and how many of them were read.</summary>
    public static TenderFact Read(int kind, Moment at, ref FormReader reader, out int read)
    {
        read = kind switch { 431 => 3, 434 => 6, 436 => 3, 437 or 438 => 2, _ => ElementsOf(kind) };
        var tender = reader.Id();
        return kind switch
        {
            430 => new TenderOpened(
                at, tender, By(ref reader), Call(ref reader), Part.Participant(ref reader), reader.List(Agent),
                reader.Hash()),
            431 => new SellerInvited(at, tender, reader.Agent()),
            432 => new BidSubmitted(at, tender, By(ref reader), Bid(ref reader)),
            433 => new BidWithdrawn(at, tender, By(ref reader)),
            434 => new TenderRevealed(at, tender, reader.Hash(), reader.Hash(), reader.List(Agent), reader.Int32()),
            435 => new BidsChosen(at, tender, By(ref reader), reader.List(Chosen)),
            436 => new BidNegotiationAnswered(at, tender, reader.Hash()),
            _ => new TenderEnded(at, tender, kind == 438),
        };
    }

    private static AgentNumber Agent(ref FormReader reader) => reader.Agent();

    private static AgentNumber By(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 3);
        _ = reader.Id();
        reader.Skip(); // the act's digest
        var by = reader.Agent();
        reader.EndArray(count - 3);
        return by;
    }

    private static StoredCall Call(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 8);
        var tender = reader.Id();
        var parts = reader.BeginArray(required: 1);
        var request = reader.Id();
        reader.EndArray(parts - 1);
        _ = reader.Moment(); // when it was opened
        var (endsAt, commitment) = (reader.Moment(), reader.Hash());
        reader.Skip(); // the rules of what follows
        var call = new StoredCall(tender, request, endsAt, commitment, reader.Bool());
        reader.EndArray(count - 7);
        return call;
    }

    private static StoredBid Bid(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 6);
        var (hash, seller, subject) = (reader.Hash(), Part.Participant(ref reader), Part.Subject(ref reader));
        var offer = reader.SkipTaking().ToArray();
        var bid = new StoredBid(hash, seller, subject, offer, reader.Hash());
        reader.EndArray(count - 5);
        return bid;
    }

    private static Hash32 Chosen(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 2);
        var bid = reader.Hash();
        reader.EndArray(count - 1);
        return bid;
    }
}
