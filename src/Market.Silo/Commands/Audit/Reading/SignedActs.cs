using Part = Market.Silo.Commands.Audit.Reading.NegotiationPartReader;

namespace Market.Silo.Commands.Audit.Reading;

/// <summary>An offer as its maker signed it; its validity in ticks.</summary>
internal sealed record SignedOffer(
    Terms Terms, OfferBinding Binding, long ValidFor, bool Irrevocable, bool IsFinal, long? PartialFrom)
{
    public static SignedOffer Read(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 3);
        var (terms, binding, validFor) = (Part.Terms(ref reader), (OfferBinding)reader.Member(2), reader.Int64());
        var isIrrevocable = count > 3 && reader.Bool();
        var isFinal = count > 4 && reader.Bool();
        var partialFrom = count > 5 ? reader.OptionalInt64() : null;
        reader.EndArray(Math.Max(0, count - 6));
        return new SignedOffer(terms, binding, validFor, isIrrevocable, isFinal, partialFrom);
    }
}

/// <summary>An act that binds, as its agent signed it.</summary>
internal abstract record SignedAct(Guid Message)
{
    /// <summary>The act whose wire form these bytes are; null where it is none that binds.</summary>
    /// <exception cref="UnreadableException">They are no act.</exception>
    public static SignedAct? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new FormReader(bytes);
        var parts = reader.BeginArray(required: 2);
        var kind = reader.Int32();
        var required = kind switch { 104 => 10, 110 => 4, 111 => 5, 141 => 7, 161 => 5, _ => 0 };
        var count = reader.BeginArray(required);
        SignedAct? act = kind switch
        {
            104 => SignedOpening.Read(ref reader),
            110 => new SignedOfferMade(reader.Id(), reader.Id(), reader.Int64(), SignedOffer.Read(ref reader)),
            111 => SignedAcceptance.Read(count, ref reader),
            141 => SignedBid.Read(ref reader),
            161 => SignedEnrolment.Read(ref reader, count),
            _ => null,
        };
        var read = act is SignedAcceptance or SignedEnrolment ? Math.Min(count, required + 1) : required;
        reader.EndArray(count - read);
        reader.EndArray(parts - 2);
        reader.End();
        return act;
    }
}

internal sealed record SignedOfferMade(Guid Message, Guid Negotiation, long ExpectedSeq, SignedOffer Offer)
    : SignedAct(Message);

internal sealed record SignedAcceptance(
    Guid Message, Guid Negotiation, long ExpectedSeq, long OfferNumber, Hash32 OfferHash, long? Quantity)
    : SignedAct(Message)
{
    public static SignedAcceptance Read(int count, ref FormReader reader) => new(
        reader.Id(), reader.Id(), reader.Int64(), reader.Int64(), reader.Hash(),
        count > 5 ? reader.OptionalInt64() : null);
}

internal sealed record SignedOpening(
    Guid Message,
    Guid Listing,
    int ListingVersion,
    Items<OrderLine> Order,
    Guid? Request,
    Protocol Protocol,
    SignedOffer? FirstOffer) : SignedAct(Message)
{
    public static SignedOpening Read(ref FormReader reader)
    {
        var (message, listing, version) = (reader.Id(), reader.Id(), reader.Int32());
        var (order, request) = (reader.List(Part.OrderLine), reader.OptionalId());
        reader.OptionalMandate();
        var protocol = (Protocol)reader.Member(2);
        _ = (reader.Int32(), reader.Int64()); // rounds and duration, which the market's rules bound
        return new SignedOpening(
            message, listing, version, order, request, protocol, reader.Optional(SignedOffer.Read));
    }
}

internal sealed record SignedBid(
    Guid Message, Guid Tender, Guid Listing, int ListingVersion, Items<OrderLine> Order, SignedOffer Offer)
    : SignedAct(Message)
{
    public static SignedBid Read(ref FormReader reader)
    {
        var bid = new SignedBid(
            reader.Id(), reader.Id(), reader.Id(), reader.Int32(), reader.List(Part.OrderLine),
            SignedOffer.Read(ref reader));
        _ = reader.Hash(); // the blinding, which the bid's hash covers
        return bid;
    }
}
