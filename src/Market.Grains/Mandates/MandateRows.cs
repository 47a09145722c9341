using Market.Domain;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Grains.Journaling;
using Market.Grains.Watching;

namespace Market.Grains.Mandates;

/// <summary>
/// Looks at the journal's rows for what concerns mandates, no further into one than it must: most deals and
/// negotiations are under no mandate.
/// </summary>
internal static class MandateRows
{
    private const int DealPartiesAt = 4;
    private const int NegotiationPartiesAt = 4;

    private static readonly int Booked = WireCatalog.NumberOf(typeof(DealBooked));

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

    /// <summary>The negotiation that a row opens under a mandate; null where it is under none.</summary>
    public static OpenNegotiation<MandateId>? OpenedBy(JournalRow row)
    {
        var reader = NegotiationRows.Elements(row, NegotiationPartiesAt + 2);
        reader.Skip();
        var negotiation = WireFormat.Read<NegotiationId>(ref reader);
        NegotiationRows.Skip(ref reader, NegotiationPartiesAt - 2);
        var (buyer, seller) = (ReadMandate(ref reader), ReadMandate(ref reader));
        return buyer is null && seller is null
            ? null
            : new OpenNegotiation<MandateId>(row.Stream, negotiation, buyer, seller);
    }

    private static bool IsUnderMandate(JournalRow row)
    {
        var reader = NegotiationRows.Elements(row, DealPartiesAt + 2);
        NegotiationRows.Skip(ref reader, DealPartiesAt);
        return ReadMandate(ref reader) is not null || ReadMandate(ref reader) is not null;
    }

    /// <summary>The mandate of a party: both kinds begin with agent, principal, mandate.</summary>
    private static MandateId? ReadMandate(ref MessagePackReader reader)
    {
        var count = reader.BeginArray(required: 3);
        NegotiationRows.Skip(ref reader, 2);
        var mandate = WireFormat.Read<MandateId?>(ref reader);
        reader.EndArray(count - 3);
        return mandate;
    }
}
