namespace Market.Silo.Commands.Audit.Reading;

/// <summary>The event in a row's body: <c>[number, [elements]]</c>. The first element is always its time.</summary>
internal static class StoredEventReader
{
    /// <summary>The event of a body, all of it.</summary>
    /// <exception cref="UnreadableException">It is none, or of a kind that this program does not know.</exception>
    public static object Read(ReadOnlySpan<byte> body)
    {
        var reader = new FormReader(body);
        var parts = reader.BeginArray(required: 2);
        var kind = reader.Int32();
        var due = RequiredOf(kind);
        if (due == 0)
        {
            throw new UnreadableException(1, $"{kind} is the number of no event known here.");
        }

        var count = reader.BeginArray(due);
        var @event = Read(kind, new Moment(reader.Int64()), count, ref reader, out var read);
        reader.EndArray(count - read);
        reader.EndArray(parts - 2);
        reader.End();
        return @event;
    }

    private static object Read(int kind, Moment at, int count, ref FormReader reader, out int read)
    {
        if (LedgerEntryReader.ElementsOf(kind) != 0)
        {
            return LedgerEntryReader.Read(kind, at, ref reader, out read);
        }

        if (NegotiationFactReader.ElementsOf(kind) != 0)
        {
            return NegotiationFactReader.Read(kind, at, count, ref reader, out read);
        }

        if (ApprovalFact.ElementsOf(kind) != 0)
        {
            return ApprovalFact.Read(kind, at, ref reader, out read);
        }

        if (TenderFactReader.ElementsOf(kind) != 0)
        {
            return TenderFactReader.Read(kind, at, ref reader, out read);
        }

        read = kind switch
        {
            700 => AgentRegistered.ElementsRead(count),
            730 => 9,
            721 => 6,
            726 => 5,
            713 or 727 or 731 or 732 => 3,
            >= 710 and <= 714 or >= 450 and <= 452 => 2,
            _ => 1,
        };
        return kind switch
        {
            >= 450 and <= 452 => HostingFact.Read(at, ref reader),
            700 => AgentRegistered.Read(at, count, ref reader),
            721 => PrincipalKeyEnrolled.Read(at, ref reader),
            710 => ListingFact.Read(at, ListingStep.Added, ref reader),
            711 => RequestAdded.Read(at, ref reader),
            712 => ListingFact.Read(at, ListingStep.Changed, ref reader),
            713 => ListingFact.Read(at, ListingStep.Ended, ref reader),
            714 => ListingFact.Read(at, ListingStep.ChangeBegun, ref reader),
            726 => SessionKeyEnrolled.Read(at, ref reader),
            727 => SessionKeyRevoked.Read(at, ref reader),
            730 => AgentKeyEnrolled.Read(at, ref reader),
            731 => AgentKeyRetired.Read(at, ref reader),
            732 => AgentKeyRevoked.Read(at, ref reader),
            733 or 734 => new AdmissionNoted(at),
            _ => new LedgerCommandAnswered(at),
        };
    }

    private static int RequiredOf(int kind) => kind switch
    {
        >= 430 and < 450 => TenderFactReader.ElementsOf(kind),
        700 or 710 or 711 or 720 or 727 or 731 => 3,
        451 or 714 or 733 => 4,
        450 or 712 or 713 or 726 or 732 or 734 => 5,
        730 => 9,
        452 or 721 => 6,
        >= 420 and < 424 => ApprovalFact.ElementsOf(kind),
        >= 400 and < 500 => NegotiationFactReader.ElementsOf(kind),
        >= 600 and < 700 => LedgerEntryReader.ElementsOf(kind),
        _ => 0,
    };
}
