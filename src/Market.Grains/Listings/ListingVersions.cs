using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Listings;

/// <summary>
/// Follows the journal for which version of each listing is the newest, and what changed from one to the next. It knows
/// only listings that were ever changed or withdrawn; all others are in their first version.
/// <para>How old it can be: it takes each row before the row's own caller is answered, so whoever has the answer to a
/// change finds it here.</para>
/// </summary>
/// <param name="journal">The journal it follows.</param>
public sealed class ListingVersions(IJournal journal)
    : JournalProjection(journal, "listing-versions", SaveEvery), IListingAdvisor
{
    private const int SaveEvery = 100_000;

    private static readonly int Changed = WireCatalog.NumberOf(typeof(ListingChanged));
    private static readonly int Ended = WireCatalog.NumberOf(typeof(ListingEnded));

    private readonly Dictionary<ListingId, ChangedListing> _listings = [];

    /// <inheritdoc/>
    public ListingFault? Advise(ListingId listing, int version)
    {
        ChangedListing? changed;
        lock (Gate)
        {
            changed = _listings.GetValueOrDefault(listing);
        }

        return changed is null || (changed.Version == version && !changed.IsEnded) ? null
            : changed.IsEnded ? new ListingFault(ListingRefusal.ListingIsWithdrawn, [])
            : ListingDifference.Stale(version, changed.Version, changed.Since(version));
    }

    /// <inheritdoc/>
    protected override void Apply(JournalRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var reader = new MessagePackReader(row.Body.Span);
        reader.BeginArray(required: 2);
        var number = reader.ReadInt64();
        if (number == Changed)
        {
            var change = (ListingChanged)WireCatalog.DecodeTagged(row.Body.Span);
            var known = _listings.GetValueOrDefault(change.Listing.Id)
                ?? new ChangedListing(change.Listing.Id, Version: 1, IsEnded: false, []);
            _listings[change.Listing.Id] = known.With(change);
        }
        else if (number == Ended)
        {
            var end = (ListingEnded)WireCatalog.DecodeTagged(row.Body.Span);
            _listings[end.Listing] = new ChangedListing(end.Listing, end.Version, IsEnded: true, []);
        }
    }

    /// <inheritdoc/>
    protected override byte[] Save() => WireFormat.Encode(_listings.Values.ToValueArray());

    /// <inheritdoc/>
    protected override bool TryLoad(ReadOnlySpan<byte> state)
    {
        try
        {
            foreach (var listing in WireFormat.Decode<ValueArray<ChangedListing>>(state))
            {
                _listings[listing.Id] = listing;
            }

            return true;
        }
        catch (WireFormatException)
        {
            return false; // another version's form: the journal is read from its start instead
        }
    }
}
