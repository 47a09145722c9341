using Market.Domain;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Grains.Journaling;
using Market.Grains.Watching;

namespace Market.Grains.Subjects;

/// <summary>What of a settled deal bears on what is left: read without the rest of it, since deals are many.</summary>
internal readonly record struct BookedDeal(
    DealId Deal, SettlementMode Mode, ValueArray<OpenedAccount> Opened, ValueArray<Posting> Postings);

/// <summary>Looks at the journal's rows for what bears on what is left of stocks and needs.</summary>
internal static class SubjectRows
{
    private const int SubjectAt = 6;
    private const int DealElements = 11;

    private static readonly int Booked = WireCatalog.NumberOf(typeof(DealBooked));

    private static readonly int[] Others =
    [
        WireCatalog.NumberOf(typeof(TransfersPosted)),
        WireCatalog.NumberOf(typeof(AccountsOpened)),
        WireCatalog.NumberOf(typeof(AccountsEvicted)),
        WireCatalog.NumberOf(typeof(TransferHeld)),
        WireCatalog.NumberOf(typeof(HoldPosted)),
        WireCatalog.NumberOf(typeof(HoldVoided)),
        WireCatalog.NumberOf(typeof(HoldsExpired)),
        WireCatalog.NumberOf(typeof(DeliveryConfirmed)),
        WireCatalog.NumberOf(typeof(DeliveryCancelled)),
        WireCatalog.NumberOf(typeof(DealReversed)),
        WireCatalog.NumberOf(typeof(RefundClaimed)),
        WireCatalog.NumberOf(typeof(ClaimPaid)),
    ];

    /// <summary>Whether a row is a settled deal.</summary>
    public static bool IsDeal(int number) => number == Booked;

    /// <summary>A settled deal.</summary>
    public static BookedDeal DealOf(JournalRow row)
    {
        var reader = NegotiationRows.Elements(row, DealElements);
        reader.Skip();
        var deal = WireFormat.Read<DealId>(ref reader);
        NegotiationRows.Skip(ref reader, 5);
        var mode = WireFormat.Read<SettlementMode>(ref reader);
        reader.Skip();
        return new BookedDeal(
            deal,
            mode,
            WireFormat.Read<ValueArray<OpenedAccount>>(ref reader),
            WireFormat.Read<ValueArray<Posting>>(ref reader));
    }

    /// <summary>Any other entry that may move a stock or a need; null where a row is none.</summary>
    public static LedgerEvent? EntryOf(JournalRow row, int number) =>
        Others.AsSpan().Contains(number) ? (LedgerEvent)WireCatalog.DecodeTagged(row.Body.Span) : null;

    /// <summary>The negotiation that a row opens, with its listing and its request.</summary>
    public static OpenNegotiation<Asset> OpenedBy(JournalRow row)
    {
        var reader = NegotiationRows.Elements(row, SubjectAt + 1);
        reader.Skip();
        var negotiation = WireFormat.Read<NegotiationId>(ref reader);
        NegotiationRows.Skip(ref reader, SubjectAt - 2);
        reader.BeginArray(required: 3);
        var listing = WireFormat.Read<ListingId>(ref reader);
        reader.Skip();
        var request = WireFormat.Read<RequestId?>(ref reader);
        return new OpenNegotiation<Asset>(
            row.Stream, negotiation, Asset.Unit(listing), request is { } need ? Asset.Need(need) : null);
    }
}
