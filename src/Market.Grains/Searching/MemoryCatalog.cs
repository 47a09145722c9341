using System.Collections.Concurrent;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>
/// The catalogue in memory: every listing, in the order of their ids, searched from one end. Ids grow with time, so a
/// new listing nearly always goes to the end; whoever reads sees the catalogue of one moment and takes no lock.
/// </summary>
/// <param name="journal">The journal it follows.</param>
public sealed class MemoryCatalog(IJournal journal) : JournalProjection(journal, "catalog", SaveEvery), ICatalog
{
    /// <summary>Most listings of one page.</summary>
    public const int PageMax = 100;

    private const int SaveEvery = 100_000;

    private static readonly int ListingAddedNumber = WireCatalog.NumberOf(typeof(ListingAdded));
    private static readonly int ListingChangedNumber = WireCatalog.NumberOf(typeof(ListingChanged));
    private static readonly int ListingEndedNumber = WireCatalog.NumberOf(typeof(ListingEnded));

    private readonly ConcurrentDictionary<ListingId, Listing> _byId = new();
    private volatile Shelf _shelf = new([], 0);

    /// <summary>Listings in the catalogue.</summary>
    public int Count => _shelf.Count;

    /// <inheritdoc/>
    public Listing? Find(ListingId id) => _byId.GetValueOrDefault(id);

    /// <inheritdoc/>
    public ListingsFound Search(SearchListings query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var listings = _shelf.Listings;
        var filter = new ListingFilter(query);
        var countMax = Math.Clamp(query.CountMax, 1, PageMax);
        var page = new List<Listing>();
        foreach (var listing in listings[FirstAfter(listings, query.After)..])
        {
            if (!filter.Matches(listing.Draft))
            {
                continue;
            }

            if (page.Count == countMax)
            {
                return new ListingsFound(page.ToValueArray(), HasMore: true);
            }

            page.Add(listing);
        }

        return new ListingsFound(page.ToValueArray(), HasMore: false);
    }

    /// <inheritdoc/>
    protected override void Apply(JournalRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var number = NumberOf(row.Body.Span);
        if (number == ListingAddedNumber)
        {
            Put(((ListingAdded)WireCatalog.DecodeTagged(row.Body.Span)).Listing);
        }
        else if (number == ListingChangedNumber)
        {
            Put(((ListingChanged)WireCatalog.DecodeTagged(row.Body.Span)).Listing);
        }
        else if (number == ListingEndedNumber)
        {
            Take(((ListingEnded)WireCatalog.DecodeTagged(row.Body.Span)).Listing);
        }
    }

    /// <inheritdoc/>
    protected override byte[] Save() => WireFormat.Encode(ValueArray.Create(_shelf.Listings));

    /// <inheritdoc/>
    protected override bool TryLoad(ReadOnlySpan<byte> state)
    {
        try
        {
            foreach (var listing in WireFormat.Decode<ValueArray<Listing>>(state))
            {
                Put(listing);
            }

            return true;
        }
        catch (WireFormatException)
        {
            return false; // another version's form: the journal is read from its start instead
        }
    }

    private static long NumberOf(ReadOnlySpan<byte> body)
    {
        var reader = new MessagePackReader(body);
        reader.BeginArray(required: 2);
        return reader.ReadInt64();
    }

    private static int FirstAfter(ReadOnlySpan<Listing> listings, ListingId? after)
    {
        if (after is not { } last)
        {
            return 0;
        }

        var place = listings.BinarySearch(new IdOrder(last.Value));
        return place < 0 ? ~place : place + 1;
    }

    /// <summary>Puts a listing in its place. Called by one thread at a time.</summary>
    private void Put(Listing listing)
    {
        _byId[listing.Id] = listing;
        var shelf = _shelf;
        var place = shelf.Listings.BinarySearch(new IdOrder(listing.Id.Value));
        _shelf = place >= 0 ? shelf.Replace(place, listing) : shelf.Insert(~place, listing);
    }

    /// <summary>Takes a withdrawn listing out. Called by one thread at a time.</summary>
    private void Take(ListingId id)
    {
        _byId.TryRemove(id, out _);
        var shelf = _shelf;
        var place = shelf.Listings.BinarySearch(new IdOrder(id.Value));
        _shelf = place >= 0 ? shelf.Remove(place) : shelf;
    }

    private readonly struct IdOrder(Guid id) : IComparable<Listing>
    {
        public int CompareTo(Listing? other) => id.CompareTo(other!.Id.Value);
    }

    /// <summary>
    /// The listings of one moment. Successors share the array where the new one goes to the end: an older shelf ends
    /// before it.
    /// </summary>
    private sealed record Shelf(Listing[] Items, int Count)
    {
        public ReadOnlySpan<Listing> Listings => Items.AsSpan(0, Count);

        public Shelf Insert(int place, Listing listing)
        {
            var items = Items;
            if (place < Count || Count == items.Length)
            {
                items = new Listing[Math.Max(16, Count == Items.Length ? Count * 2 : Items.Length)];
                Listings[..place].CopyTo(items);
                Listings[place..].CopyTo(items.AsSpan(place + 1));
            }

            items[place] = listing;
            return new Shelf(items, Count + 1);
        }

        // A listing that is added next goes into the same place of the copy, never into that of an older shelf.
        public Shelf Remove(int place)
        {
            var items = new Listing[Items.Length];
            Listings[..place].CopyTo(items);
            Listings[(place + 1)..].CopyTo(items.AsSpan(place));
            return new Shelf(items, Count - 1);
        }

        public Shelf Replace(int place, Listing listing)
        {
            var items = (Listing[])Items.Clone();
            items[place] = listing;
            return this with { Items = items };
        }
    }
}
