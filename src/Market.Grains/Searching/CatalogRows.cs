using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>
/// Looks at the journal's rows for what the catalogue lists. A listing or a request also drops out when the ledger
/// closes it.
/// </summary>
internal static class CatalogRows
{
    private static readonly int Added = WireCatalog.NumberOf(typeof(ListingAdded));
    private static readonly int Changed = WireCatalog.NumberOf(typeof(ListingChanged));
    private static readonly int Ended = WireCatalog.NumberOf(typeof(ListingEnded));
    private static readonly int Requested = WireCatalog.NumberOf(typeof(RequestAdded));
    private static readonly int Evicted = WireCatalog.NumberOf(typeof(AccountsEvicted));

    /// <summary>Whether a row may change the catalogue; reads only the event's number.</summary>
    public static bool IsOfInterest(JournalRow row)
    {
        var number = NumberOf(row);
        return number == Added || number == Changed || number == Ended || number == Requested || number == Evicted;
    }

    /// <summary>The listing that a row of interest is about; null where it is about something else.</summary>
    public static ListingId? ListingOf(JournalRow row)
    {
        var number = NumberOf(row);
        if (number != Added && number != Changed && number != Ended)
        {
            return null;
        }

        // [number, [at, [id, …], …]]; of an end [number, [at, id, …]]
        var reader = new MessagePackReader(row.Body.Span);
        reader.BeginArray(required: 2);
        reader.Skip();
        reader.BeginArray(required: 2);
        reader.Skip();
        if (number != Ended)
        {
            reader.BeginArray(required: 1);
        }

        return WireFormat.Read<ListingId>(ref reader);
    }

    /// <summary>What a row changes; null where it changes nothing.</summary>
    public static CatalogChange? ChangeOf(JournalRow row) =>
        IsOfInterest(row)
            ? WireCatalog.DecodeTagged(row.Body.Span) switch
            {
                ListingAdded added => new CatalogChange.ListingPut(added.Listing, added.At),
                ListingChanged changed => new CatalogChange.ListingPut(changed.Listing, changed.At),
                ListingEnded ended => new CatalogChange.ListingClosed(ended.Listing),
                RequestAdded added => new CatalogChange.RequestPut(added.Request),
                AccountsEvicted { Asset: { Kind: AssetKind.Unit } asset } =>
                    new CatalogChange.ListingClosed(new ListingId(asset.Subject)),
                AccountsEvicted { Asset: { Kind: AssetKind.Need } asset } =>
                    new CatalogChange.RequestClosed(new RequestId(asset.Subject)),
                _ => null,
            }
            : null;

    /// <summary>What a version of a listing asks, in the wire's form.</summary>
    public static byte[] PostedOf(Listing listing, LedgerTime at) => WireFormat.Encode(
        new PostedVersion(listing.Version, at, listing.Draft.Currency, listing.Draft.Lines));

    private static long NumberOf(JournalRow row)
    {
        var reader = new MessagePackReader(row.Body.Span);
        reader.BeginArray(required: 2);
        return reader.ReadInt64();
    }
}
