namespace Market.Silo.Commands.Audit.Reading;

/// <summary>The forms of what negotiation events are made of.</summary>
internal static class NegotiationPartReader
{
    public static ActReference Act(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 3);
        var message = reader.Id();
        var parts = reader.BeginArray(required: 2);
        var (high, low) = (reader.UInt64(), reader.UInt64());
        reader.EndArray(parts - 2);
        var act = new ActReference(message, high, low, reader.Party());
        reader.EndArray(count - 3);
        return act;
    }

    public static Participant Participant(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 3);
        var participant = new Participant(reader.Agent(), reader.Principal(), reader.OptionalMandate());
        reader.EndArray(count - 3);
        return participant;
    }

    public static Subject Subject(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 6);
        var (listing, version, request) = (reader.Id(), reader.Int32(), reader.OptionalId());
        var order = reader.List(OrderLine);
        var agenda = AgendaReader.Agenda(ref reader);
        var subject = new Subject(listing, version, request, order, agenda, reader.Optional(Terms));
        reader.EndArray(count - 6);
        return subject;
    }

    public static OrderLine OrderLine(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 2);
        var line = new OrderLine(reader.Int32(), reader.Int32());
        reader.EndArray(count - 2);
        return line;
    }

    public static NegotiationRules Rules(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 5);
        var rules = new NegotiationRules(
            (Protocol)reader.Member(2), reader.Int32(), reader.Int64(), reader.Int32(), reader.Bool(),
            count > 5 ? reader.Int32() : 0);
        reader.EndArray(Math.Max(0, count - 6));
        return rules;
    }

    public static Terms Terms(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 2);
        var (values, total) = (reader.List(static (ref FormReader r) => r.Int64()), reader.Int64());
        var labels = count > 2 ? reader.List(static (ref FormReader r) => r.Text()) : default;
        reader.EndArray(Math.Max(0, count - 3));
        return new Terms(values, total, labels);
    }

    public static Offer Offer(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 7);
        var offer = new Offer(
            reader.Int64(), reader.Party(), Terms(ref reader), (OfferBinding)reader.Member(2), reader.Moment(),
            reader.Bool(), reader.Hash(), count > 7 && reader.Bool(), count > 8 ? reader.OptionalInt64() : null);
        reader.EndArray(Math.Max(0, count - 9));
        return offer;
    }

    public static Evidence Evidence(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 3);
        var (signer, bytes, signature) = (reader.Agent(), reader.Binary().ToArray(), reader.Binary().ToArray());
        var sessionKey = count > 3 ? reader.OptionalId() : null;
        reader.EndArray(Math.Max(0, count - 4));
        return new Evidence(signer, bytes, signature, sessionKey);
    }

    public static StoredReceipt SignedReceipt(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 3);
        var receipt = new StoredReceipt(reader.Binary().ToArray(), reader.Binary().ToArray(), reader.Text());
        reader.EndArray(count - 3);
        return receipt;
    }
}
