using System.Diagnostics;

namespace Market.Domain.Tendering;

public sealed partial class TenderState
{
    /// <summary>Folds one event in. Never refuses: what is journalled has happened.</summary>
    public void Apply(TenderEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        Debug.Assert(@event.At > LastTime, "Event times of a stream strictly increase (INV-18).");
        Debug.Assert(!HasEnded, "All ends are final (INV-12).");
        LastTime = @event.At;
        switch (@event)
        {
            case TenderOpened opened:
                Open(opened);
                break;
            case SellerInvited:
                InvitedCount++;
                break;
            case BidSubmitted submitted:
                Keep(submitted.Act, submitted.Bid);
                Remember(submitted.Act, new BidRecorded(submitted.Tender, submitted.Bid.Hash, submitted.At));
                break;
            case BidWithdrawn withdrawn:
                Keep(withdrawn.Act, null);
                Remember(withdrawn.Act, RecordedAt(withdrawn));
                break;
            case TenderRevealed revealed:
                Reveal(revealed);
                break;
            case BidsChosen chosen:
                Choose(chosen);
                break;
            case BidNegotiationAnswered answered:
                _unanswered.RemoveAll(chosen => chosen.Bid == answered.Bid);
                break;
            case TenderClosed closed:
                Status = TenderStatus.Closed;
                Remember(closed.Act, RecordedAt(closed));
                break;
            case TenderCancelled cancelled:
                Status = TenderStatus.Cancelled;
                Remember(cancelled.Act, RecordedAt(cancelled));
                break;
            default:
                throw new UnreachableException($"No rule folds {@event.GetType().Name}.");
        }
    }

    private void Open(TenderOpened opened)
    {
        Status = TenderStatus.Collecting;
        (Call, Buyer, Invited) = (opened.Call, opened.Buyer, opened.Invited);
        Nonce = opened.Nonce!.Value;
        foreach (var seller in opened.Invited)
        {
            _allowed.Add(seller);
        }

        Remember(opened.Act, RecordedAt(opened));
    }

    private void Keep(TenderActReference act, SealedBid? bid) =>
        _bidders[act.By] = new Bidder(bid, act, (FindBidder(act.By)?.Acts ?? 0) + 1);

    private void Reveal(TenderRevealed revealed)
    {
        Status = TenderStatus.Revealed;
        (RevealedAt, Seed) = (revealed.At, revealed.Seed);
        _order = [.. revealed.Bidders.Select(bidder => _bidders[bidder].Bid!)];
        _ascending = RevealedOrder.Ascending(_order.Select(bid => bid.Hash));
        for (var place = 0; place < _order.Length; place++)
        {
            _places.Add(_order[place].Hash, place);
        }
    }

    private void Choose(BidsChosen chosen)
    {
        foreach (var bid in chosen.Chosen)
        {
            _chosen.Add(bid.Bid, bid.Negotiation);
            _unanswered.Add(bid);
        }

        Remember(chosen.Act, new BidsWereChosen(chosen.Tender, chosen.Chosen, chosen.At));
    }

    private void Remember(TenderActReference? act, object answer)
    {
        if (act is not null)
        {
            _acts.Add((act.By, act.Message), new RecordedTenderAct(act.Digest, answer));
        }
    }

    private static TenderRecorded RecordedAt(TenderEvent @event) => new(@event.Tender, @event.At);
}
