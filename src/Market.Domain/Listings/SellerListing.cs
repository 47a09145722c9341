using Market.Domain.Negotiating;

namespace Market.Domain.Listings;

/// <summary>One listing of a seller, with what is remembered of the acts that made it what it is.</summary>
/// <param name="first">Its first version.</param>
/// <param name="digest">Digest of the act that published it.</param>
internal sealed class SellerListing(Listing first, ActDigest digest)
{
    private readonly Dictionary<MessageId, (ActDigest Digest, ListingActEnd End)> _acts = [];
    private readonly Queue<MessageId> _order = new();

    /// <summary>Digest of the act that published it.</summary>
    public ActDigest Digest { get; } = digest;

    /// <summary>Its newest version.</summary>
    public Listing Newest { get; private set; } = first;

    /// <summary>Whether it is withdrawn.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>The change that waits for the ledger, or null.</summary>
    public ListingChangeBegun? Begun { get; private set; }

    /// <summary>What became of an act, with its digest; null where it is not remembered.</summary>
    public (ActDigest Digest, ListingActEnd End)? FindAct(MessageId message) =>
        _acts.TryGetValue(message, out var act) ? act : null;

    public void Begin(ListingChangeBegun begun) => Begun = begun;

    public void Change(ListingChanged changed)
    {
        (Newest, Begun) = (changed.Listing, null);
        Remember(changed.Message, changed.Digest, ListingActEnd.Done);
    }

    /// <summary>Lets the change that waits go, refused.</summary>
    public void Drop()
    {
        Remember(Begun!.Message, Begun.Digest, ListingActEnd.StockNotAvailable);
        Begun = null;
    }

    public void End(ListingEnded ended)
    {
        IsEnded = true;
        Remember(ended.Message, ended.Digest, ListingActEnd.Done);
    }

    // An act that is forgotten names an old version, so told again it is refused as stale and not done twice.
    private void Remember(MessageId message, ActDigest digest, ListingActEnd end)
    {
        _acts.Add(message, (digest, end));
        _order.Enqueue(message);
        if (_order.Count > MarketLimits.ListingActsKept)
        {
            _acts.Remove(_order.Dequeue());
        }
    }
}

/// <summary>What became of an act on a listing.</summary>
internal enum ListingActEnd : byte
{
    /// <summary>It is done.</summary>
    Done = 1,

    /// <summary>It was refused for want of unsold units.</summary>
    StockNotAvailable = 2,
}
