using Market.Domain;
using Market.Domain.Listings;

namespace Market.Grains.Searching;

/// <summary>
/// The listings asked for lately, so that opening a negotiation costs no read: two generations, of which the older one
/// goes when the younger is full.
/// </summary>
internal sealed class RecentListings
{
    private const int GenerationMax = 8_192;

    private readonly Lock _gate = new();
    private Dictionary<ListingId, Listing> _young = [];
    private Dictionary<ListingId, Listing> _old = [];
    private long _generation;

    /// <summary>A listing, or null; and the generation, which <see cref="Add"/> wants.</summary>
    public (Listing? Listing, long Generation) Find(ListingId id)
    {
        lock (_gate)
        {
            if (!_young.TryGetValue(id, out var listing) && _old.TryGetValue(id, out listing))
            {
                AddYoung(listing);
            }

            return (listing, _generation);
        }
    }

    /// <summary>
    /// Adds what was read. Where a generation went since then, a newer version may have come and gone unseen: then it
    /// is not kept.
    /// </summary>
    public void Add(Listing listing, long generation)
    {
        lock (_gate)
        {
            if (generation == _generation)
            {
                Put(listing);
            }
        }
    }

    /// <summary>Puts the newest version in.</summary>
    public void Put(Listing listing)
    {
        lock (_gate)
        {
            var known = _young.GetValueOrDefault(listing.Id) ?? _old.GetValueOrDefault(listing.Id);
            if (known is null || known.Version <= listing.Version)
            {
                AddYoung(listing);
            }
        }
    }

    /// <summary>Forgets one that is gone, and lets nothing in that was read before.</summary>
    public void Remove(ListingId id)
    {
        lock (_gate)
        {
            _young.Remove(id);
            _old.Remove(id);
            _generation++;
        }
    }

    /// <summary>Forgets all, and lets nothing in that was read before.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _young = [];
            _old = [];
            _generation++;
        }
    }

    private void AddYoung(Listing listing)
    {
        if (_young.Count >= GenerationMax)
        {
            _old = _young;
            _young = [];
            _generation++;
        }

        _young[listing.Id] = listing;
    }
}
