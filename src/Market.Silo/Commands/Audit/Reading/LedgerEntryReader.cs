namespace Market.Silo.Commands.Audit.Reading;

/// <summary>
/// Reads the ledger's entries by position; elements that a newer program appended are skipped. A new kind of entry is
/// its number and how many elements it has in <see cref="ElementsOf"/>, and a line in <see cref="Entry"/>.
/// </summary>
internal static class LedgerEntryReader
{
    /// <summary>How many elements an entry's kind has; 0 where it is no entry that is known here.</summary>
    public static int ElementsOf(int kind) => kind switch
    {
        600 or 602 or 610 => 5,
        601 or 611 or 642 => 3,
        612 or 613 or (>= 620 and <= 623) or 632 or 633 => 2,
        630 or 641 => 11,
        631 => 4,
        640 => 9,
        646 => 6,
        645 => 3,
        _ => 0,
    };

    /// <summary>The entry of a kind whose elements stand here, and how many of them were read.</summary>
    public static LedgerEntry Read(int kind, Moment at, ref FormReader reader, out int read)
    {
        read = ElementsOf(kind) - (kind == 641 ? 2 : 0); // what was asked and allowed means nothing to the audit
        return Entry(kind, at, ref reader);
    }

    private static LedgerEntry Entry(int kind, Moment at, ref FormReader reader) => kind switch
    {
        600 => new TransfersPosted(
            at, Command(ref reader), (TransferReason)reader.Member(7), Opened(ref reader), Postings(ref reader)),
        601 => new AccountsOpened(at, Command(ref reader), Opened(ref reader)),
        602 => new AccountsEvicted(
            at, Command(ref reader), AssetOf(ref reader), Opened(ref reader), Postings(ref reader)),
        610 => new TransferHeld(
            at, Command(ref reader), reader.Moment(), Opened(ref reader), Posting(ref reader)),
        611 => new HoldPosted(at, Command(ref reader), reader.Int64()),
        612 => new HoldVoided(at, Command(ref reader)),
        613 => new HoldsExpired(at, Amounts(ref reader)),
        620 => new MandateGranted(at, Mandate.Read(ref reader)),
        621 => new MandateRevoked(at, new(reader.Id())),
        622 => new MandateSuspended(at, new(reader.Id())),
        623 => new MandateResumed(at, new(reader.Id())),
        630 => new DealBooked(
            at, Deal(ref reader), new(reader.Id()), reader.Hash(), Party(ref reader), Party(ref reader),
            reader.Amount(), (SettlementMode)reader.Member(2), reader.OptionalMoment(), Opened(ref reader),
            Postings(ref reader)),
        631 => new DealRefused(at, Deal(ref reader), new(reader.Id()), reader.Hash()),
        632 => new DeliveryConfirmed(at, Deal(ref reader)),
        633 => new DeliveryCancelled(at, Deal(ref reader)),
        640 => new DealReversed(
            at, Command(ref reader), Deal(ref reader), reader.Int64(), Amounts(ref reader), Postings(ref reader),
            reader.Amount(), reader.OptionalMandate(), reader.OptionalMandate()),
        641 => new RefundClaimed(
            at, Command(ref reader), Deal(ref reader), reader.Int64(), Amounts(ref reader), Postings(ref reader),
            reader.Amount(), reader.OptionalMandate(), reader.OptionalMandate()),
        642 => new ClaimPaid(at, Command(ref reader), reader.Int64()),
        646 => NotReturned(at, ref reader),
        _ => new CheckpointExported(at, reader.Int64(), reader.Hash()),
    };

    private static ReturnRefused NotReturned(Moment at, ref FormReader reader)
    {
        var command = Command(ref reader);
        reader.Skip(); // the listing
        reader.Skip(); // its seller
        return new ReturnRefused(at, command, reader.Int64(), reader.Int64());
    }

    private static CommandId Command(ref FormReader reader) => new(reader.Hash());

    private static DealId Deal(ref FormReader reader) => new(reader.Hash());

    private static Items<long> Amounts(ref FormReader reader) => reader.List(static (ref FormReader r) => r.Int64());

    private static DealParty Party(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 3);
        var (agent, principal, mandate) = (reader.Agent(), reader.Principal(), reader.OptionalMandate());
        Hash32? approval = count > 3 && !reader.TryNil() ? reader.Hash() : null;
        reader.EndArray(Math.Max(0, count - 4));
        return new DealParty(agent, principal, mandate, approval);
    }

    private static Items<OpenedAccount> Opened(ref FormReader reader) => reader.List(OpenedAccount);

    private static Items<Posting> Postings(ref FormReader reader) => reader.List(Posting);

    private static OpenedAccount OpenedAccount(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 2);
        var opened = new OpenedAccount(reader.Int32(), Name(ref reader));
        reader.EndArray(count - 2);
        return opened;
    }

    private static AccountName Name(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 3);
        var kind = (AccountKind)reader.Member(byte.MaxValue);
        var owner = reader.Principal();
        var asset = AssetOf(ref reader);
        reader.EndArray(count - 3);
        return new AccountName(kind, owner, asset);
    }

    private static Asset AssetOf(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 2);
        var asset = new Asset((AssetKind)reader.Member(byte.MaxValue), reader.Id());
        reader.EndArray(count - 2);
        return asset;
    }

    private static Posting Posting(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 3);
        var posting = new Posting(reader.Int32(), reader.Int32(), reader.Int64());
        reader.EndArray(count - 3);
        return posting;
    }
}
