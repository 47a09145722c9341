using Market.Domain.Hosting;
using Market.Domain.Negotiating;
using Market.Domain.Settling;

namespace Market.Domain.Listings;

/// <summary>A listing is published.</summary>
/// <param name="At">When.</param>
/// <param name="Listing">It.</param>
/// <param name="Digest">Digest of the act that published it.</param>
[Wire.WireType(710)]
public sealed record ListingAdded(LedgerTime At, Listing Listing, ActDigest Digest);

/// <summary>
/// A seller agent's listings. Their stock comes into being in the ledger, which is told until it answers.
/// </summary>
public sealed class SellerState
{
    private readonly Dictionary<ListingId, (Listing Listing, ActDigest Digest)> _listings = [];

    /// <summary>Time of the last event.</summary>
    public LedgerTime LastTime { get; private set; }

    /// <summary>What the ledger has been told and has not answered.</summary>
    public LedgerOutbox Outbox { get; } = new();

    /// <summary>The strategies that the agent has left with the market.</summary>
    public HostingBook Hostings { get; } = new();

    /// <summary>Number of listings.</summary>
    public int Count => _listings.Count;

    /// <summary>A listing with the digest of the act that published it, or null.</summary>
    public (Listing Listing, ActDigest Digest)? Find(ListingId id) =>
        _listings.TryGetValue(id, out var found) ? found : null;

    /// <summary>Folds one event in.</summary>
    public void Apply(ListingAdded @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        _listings.Add(@event.Listing.Id, (@event.Listing, @event.Digest));
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
    public void Apply(LedgerCommandAnswered @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        Outbox.Remove(@event.Command);
    }

    /// <summary>The ledger command that brings a listing's stock into being; the same for the same listing.</summary>
    public static MintUnits MintOf(Listing listing)
    {
        ArgumentNullException.ThrowIfNull(listing);
        return new MintUnits(
            LedgerCommandIds.For("stock", listing.Id.Value), listing.Id, listing.Principal, listing.Draft.Stock);
    }
}
