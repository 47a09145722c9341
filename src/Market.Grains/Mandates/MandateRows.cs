using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Grains.Journaling;

namespace Market.Grains.Mandates;

/// <summary>
/// Looks at the journal's rows for what concerns mandates. It sees every row of the market on the journal's publishing
/// thread, so it reads no further into one than it must: most deals and negotiations are under no mandate.
/// </summary>
internal static class MandateRows
{
    private const int DealPartiesAt = 4;
    private const int NegotiationPartiesAt = 4;

    private static readonly int Opened = WireCatalog.NumberOf(typeof(NegotiationOpened));
    private static readonly int Booked = WireCatalog.NumberOf(typeof(DealBooked));

    private static readonly int[] Ends =
    [
        WireCatalog.NumberOf(typeof(OfferAccepted)),
        WireCatalog.NumberOf(typeof(NegotiationRejected)),
        WireCatalog.NumberOf(typeof(NegotiationLeft)),
        WireCatalog.NumberOf(typeof(NegotiationExpired)),
        WireCatalog.NumberOf(typeof(NegotiationCancelled)),
    ];

    private static readonly int[] OfMandates =
    [
        WireCatalog.NumberOf(typeof(Domain.Settling.MandateGranted)),
        WireCatalog.NumberOf(typeof(MandateRevoked)),
        WireCatalog.NumberOf(typeof(MandateSuspended)),
        WireCatalog.NumberOf(typeof(MandateResumed)),
        WireCatalog.NumberOf(typeof(DealReversed)),
        WireCatalog.NumberOf(typeof(RefundClaimed)),
    ];

    private static readonly int[] Closings =
    [
        WireCatalog.NumberOf(typeof(DeliveryConfirmed)),
        WireCatalog.NumberOf(typeof(DeliveryCancelled)),
        WireCatalog.NumberOf(typeof(HoldsExpired)),
        WireCatalog.NumberOf(typeof(ClaimPaid)),
    ];

    /// <summary>Whether a row ends a negotiation or brings it to an agreement.</summary>
    public static bool IsEnd(int number) => Ends.AsSpan().Contains(number);

    /// <summary>The number of the event in a row.</summary>
    public static int NumberOf(JournalRow row)
    {
        var reader = new MessagePackReader(row.Body.Span);
        reader.BeginArray(required: 2);
        return (int)reader.ReadInt64();
    }

    /// <summary>The entry that changes a mandate or its use; null where a row does neither.</summary>
    /// <param name="row">The row.</param>
    /// <param name="number">Its event's number.</param>
    /// <param name="isAnythingOpen">Whether any deal under a mandate is held, or a claim for one is open.</param>
    public static LedgerEvent? EntryOf(JournalRow row, int number, bool isAnythingOpen) =>
        OfMandates.AsSpan().Contains(number)
            || (isAnythingOpen && Closings.AsSpan().Contains(number))
            || (number == Booked && IsUnderMandate(row))
            ? (LedgerEvent)WireCatalog.DecodeTagged(row.Body.Span)
            : null;

    /// <summary>The negotiation that a row opens under a mandate; null where it opens none.</summary>
    public static OpenUnderMandate? OpenedBy(JournalRow row, int number)
    {
        if (number != Opened)
        {
            return null;
        }

        var reader = Payload(row);
        reader.Skip();
        var negotiation = WireFormat.Read<NegotiationId>(ref reader);
        Skip(ref reader, NegotiationPartiesAt - 2);
        var (buyer, seller) = (ReadMandate(ref reader), ReadMandate(ref reader));
        return buyer is null && seller is null
            ? null
            : new OpenUnderMandate(row.Stream, negotiation, buyer, seller);
    }

    private static bool IsUnderMandate(JournalRow row)
    {
        var reader = Payload(row);
        Skip(ref reader, DealPartiesAt);
        return ReadMandate(ref reader) is not null || ReadMandate(ref reader) is not null;
    }

    private static MessagePackReader Payload(JournalRow row)
    {
        var reader = new MessagePackReader(row.Body.Span);
        reader.BeginArray(required: 2);
        reader.Skip();
        reader.BeginArray(required: NegotiationPartiesAt + 2);
        return reader;
    }

    /// <summary>The mandate of a party: both kinds begin with agent, principal, mandate.</summary>
    private static MandateId? ReadMandate(ref MessagePackReader reader)
    {
        var count = reader.BeginArray(required: 3);
        Skip(ref reader, 2);
        var mandate = WireFormat.Read<MandateId?>(ref reader);
        reader.EndArray(count - 3);
        return mandate;
    }

    private static void Skip(ref MessagePackReader reader, int elements)
    {
        for (var i = 0; i < elements; i++)
        {
            reader.Skip();
        }
    }
}
