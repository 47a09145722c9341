namespace Market.Silo.Commands.Audit.Reading;

/// <summary>Which act caused an event: its id, the first 16 bytes of its hash, and whose it was.</summary>
internal sealed record ActReference(Guid Message, ulong DigestHigh, ulong DigestLow, Party By);

/// <summary>A side of a negotiation.</summary>
internal sealed record Participant(AgentNumber Agent, PrincipalNumber Principal, MandateId? Mandate);

/// <summary>A line of a listing and how many of it.</summary>
internal readonly record struct OrderLine(int Line, int Quantity);

/// <summary>A value for every issue, what they come to, and a label for every text issue.</summary>
internal sealed record Terms(Items<long> Values, long TotalMinorUnits, Items<string> Labels);

/// <summary>What a negotiation is about.</summary>
internal sealed record Subject(
    Guid Listing,
    int ListingVersion,
    Guid? Request,
    Items<OrderLine> Order,
    Agenda Agenda,
    Terms? Posted);

/// <summary>How terms change hands.</summary>
internal enum Protocol : byte
{
    Bilateral = 1,
    PostedPrice = 2,
}

/// <summary>The rules of one negotiation; its duration in ticks.</summary>
internal sealed record NegotiationRules(
    Protocol Protocol, int RoundsMax, long Duration, int FeeBasisPoints, bool SignaturesRequired, int ImpasseAfter);

/// <summary>Whether acceptance alone makes the deal.</summary>
internal enum OfferBinding : byte
{
    Indicative = 1,
    Firm = 2,
}

/// <summary>Terms as one side offers them.</summary>
internal sealed record Offer(
    long Number, Party By, Terms Terms, OfferBinding Binding, Moment ValidUntil, bool Irrevocable, Hash32 Hash,
    bool IsFinal, long? PartialFrom);

/// <summary>The exact bytes of a binding act with their signature.</summary>
internal sealed record Evidence(AgentNumber Signer, byte[] SignedBytes, byte[] Signature, Guid? SessionKey = null)
{
    /// <summary>The kind of key that signed, as receipts name it: 0 none, 1 the agent's own, 2 a session key.</summary>
    public static byte KindOf(Evidence? evidence) =>
        (byte)(evidence is null ? 0 : evidence.SessionKey is null ? 1 : 2);
}

/// <summary>A receipt's exact bytes with the market's signature.</summary>
internal sealed record StoredReceipt(byte[] Bytes, byte[] Signature, string KeyId);
