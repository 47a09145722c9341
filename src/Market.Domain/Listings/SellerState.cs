using Market.Domain.Hosting;
using Market.Domain.Settling;

namespace Market.Domain.Listings;

/// <summary>
/// A seller agent's listings. Their stock comes into being in the ledger, and goes back there, which is told until it
/// answers.
/// </summary>
public sealed class SellerState
{
    private readonly Dictionary<ListingId, SellerListing> _listings = [];
    private readonly Dictionary<LedgerCommandId, SellerListing> _returning = [];

    /// <summary>Time of the last event.</summary>
    public LedgerTime LastTime { get; private set; }

    /// <summary>What the ledger has been told and has not answered.</summary>
    public LedgerOutbox Outbox { get; } = new();

    /// <summary>The strategies that the agent has left with the market.</summary>
    public HostingBook Hostings { get; } = new();

    /// <summary>Number of listings.</summary>
    public int Count => _listings.Count;

    /// <summary>Number of listings that are not withdrawn.</summary>
    public int OpenCount { get; private set; }

    /// <summary>The newest version of a listing, or null.</summary>
    public Listing? Find(ListingId id) => _listings.GetValueOrDefault(id)?.Newest;

    /// <summary>Folds one event in.</summary>
    public void Apply(ListingAdded @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        _listings.Add(@event.Listing.Id, new SellerListing(@event.Listing, @event.Digest));
        OpenCount++;
        Outbox.Add(MintOf(@event.Listing), @event.At);
    }

    /// <summary>Folds one event in.</summary>
    public void Apply(HostingEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        Hostings.Apply(@event);
    }

    /// <summary>Folds one event in.</summary>
    public void Apply(ListingChangeBegun @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        var listing = _listings[@event.Listing.Id];
        var units = ReturnOf(listing.Newest, @event.Listing, @event.Message);
        listing.Begin(@event);
        _returning.Add(units.Id, listing);
        Outbox.Add(units, @event.At);
    }

    /// <summary>Folds one event in.</summary>
    public void Apply(ListingChanged @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        var listing = _listings[@event.Listing.Id];
        if (MintOf(listing.Newest, @event) is { } mint)
        {
            Outbox.Add(mint, @event.At);
        }

        if (@event.Returned is { } returned)
        {
            _returning.Remove(returned);
            Outbox.Remove(returned);
        }

        listing.Change(@event);
    }

    /// <summary>Folds one event in.</summary>
    public void Apply(ListingEnded @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        var listing = _listings[@event.Listing];
        listing.End(@event);
        OpenCount--;
        Outbox.Add(ReturnOf(listing.Newest, @event.Message), @event.At);
    }

    /// <summary>Folds one event in.</summary>
    public void Apply(LedgerCommandAnswered @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        Outbox.Remove(@event.Command);
        if (_returning.Remove(@event.Command, out var listing))
        {
            listing.Drop();
        }
    }

    /// <summary>The ledger command that brings a listing's stock into being; the same for the same listing.</summary>
    public static MintUnits MintOf(Listing listing)
    {
        ArgumentNullException.ThrowIfNull(listing);
        return new MintUnits(
            LedgerCommandIds.For("stock", listing.Id.Value), listing.Id, listing.Principal, listing.Draft.Stock);
    }

    /// <summary>The ledger command that brings the units into being which a change adds; null where it adds
    /// none.</summary>
    public static MintUnits? MintOf(Listing before, ListingChanged changed)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(changed);
        var added = changed.Listing.Draft.Stock - before.Draft.Stock;
        return added > 0
            ? new MintUnits(IdOf("more", before, changed.Message), before.Id, before.Principal, added)
            : null;
    }

    /// <summary>The ledger command that takes the units back by which a change lowers the stock.</summary>
    public static ReturnUnits ReturnOf(Listing before, Listing after, MessageId message)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return new ReturnUnits(
            IdOf("less", before, message), before.Id, before.Principal, before.Draft.Stock - after.Draft.Stock);
    }

    /// <summary>The ledger command that takes the unsold stock of a withdrawn listing back.</summary>
    public static ReturnStock ReturnOf(Listing listing, MessageId message)
    {
        ArgumentNullException.ThrowIfNull(listing);
        return new ReturnStock(IdOf("all", listing, message), listing.Id, listing.Principal);
    }

    internal SellerListing? FindOwn(ListingId id) => _listings.GetValueOrDefault(id);

    /// <summary>The change that waits for the answer to a command, or null.</summary>
    internal (Listing Before, ListingChangeBegun Begun)? FindBegun(LedgerCommandId command) =>
        _returning.TryGetValue(command, out var listing) ? (listing.Newest, listing.Begun!) : null;

    /// <summary>Whether the ledger has still to answer something about a listing's stock.</summary>
    internal bool Awaits(ListingId listing) => Outbox.Unanswered.Any(command => command switch
    {
        MintUnits mint => mint.Listing == listing,
        ReturnUnits units => units.Listing == listing,
        _ => false,
    });

    // Of the listing and the act: a change that is tried again after a refusal is another act, and another command.
    private static LedgerCommandId IdOf(string what, Listing listing, MessageId message) =>
        LedgerCommandIds.For($"stock {what} {message.Value:N}", listing.Id.Value);
}
