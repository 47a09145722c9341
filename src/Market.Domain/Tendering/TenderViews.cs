namespace Market.Domain.Tendering;

/// <summary>
/// What an agent may know of a tender. Before the reveal an answer depends on what its asker knows already, and on
/// nothing that another has bid: neither a bid nor their number.
/// </summary>
public static class TenderViews
{
    /// <summary>The answer to a query: a message, or a member of a refusal enumeration.</summary>
    public static object Answer(TenderState state, AskTender ask)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(ask);
        if (!state.IsVisibleTo(ask.Asker) || ask.Query.Tender != state.Call.Tender)
        {
            return TenderRefusal.TenderNotFound;
        }

        return ask.Query switch
        {
            GetTender => new TenderView(
                state.Call, state.Status, state.FindBidder(ask.Asker)?.Bid?.Hash, RevealSeenBy(state, ask.Asker)),
            GetBids when ask.Asker != state.Buyer.Agent => TenderRefusal.NotYourTender,
            GetBids or GetBidHashes when !IsRevealed(state) => TenderRefusal.BidsAreSealed,
            GetBids query => BidsOf(state, query),
            GetBidHashes when ask.Asker != state.Buyer.Agent && state.FindBidder(ask.Asker) is null
                && state.Invited.AsSpan().IndexOf(ask.Asker) < 0 => TenderRefusal.NotYourTender,
            GetBidHashes query => HashesOf(state, query),
            _ => throw new ArgumentException($"No view answers {ask.Query.GetType().Name}.", nameof(ask)),
        };
    }

    private static bool IsRevealed(TenderState state) => state.Status is TenderStatus.Revealed or TenderStatus.Closed;

    private static TenderReveal? RevealSeenBy(TenderState state, AgentNumber viewer)
    {
        if (!IsRevealed(state))
        {
            return null;
        }

        var own = state.FindBidder(viewer)?.Bid is { } bid ? state.FindRevealed(bid.Hash)?.Place + 1 : null;
        return new TenderReveal(state.RevealedAt, state.Nonce, state.Seed, state.Revealed.Count, own);
    }

    private static BidsPage BidsOf(TenderState state, GetBids query)
    {
        var (first, count) = PageOf(query.After, query.CountMax, state.Revealed.Count);
        var bids = new Bid[count];
        for (var i = 0; i < count; i++)
        {
            var bid = state.Revealed[first + i];
            bids[i] = new Bid(
                first + i + 1,
                bid.Hash,
                bid.Seller.Agent,
                bid.Seller.Principal,
                bid.Subject,
                bid.Offer,
                state.RevealedAt + bid.Offer.ValidFor,
                bid.Blinding);
        }

        return new BidsPage(query.Tender, bids.ToValueArray(), first + count < state.Revealed.Count);
    }

    private static BidHashesPage HashesOf(TenderState state, GetBidHashes query)
    {
        var (first, count) = PageOf(query.After, query.CountMax, state.Ascending.Length);
        return new BidHashesPage(
            query.Tender,
            ValueArray.Create(state.Ascending.Slice(first, count)),
            first + count < state.Ascending.Length);
    }

    private static (int First, int Count) PageOf(int after, int countMax, int total)
    {
        var first = Math.Clamp(after, 0, total);
        return (first, Math.Min(Math.Clamp(countMax, 1, TenderLimits.PageMax), total - first));
    }
}
