using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// One tender, followed row by row with rules of its own: that bids were sealed and taken in time, that the nonce is
/// the
/// one that was committed to, and that the order follows from it and from the bids alone.
/// </summary>
internal sealed class TenderAudit(Guid id, AuditContext context)
{
    private readonly Dictionary<AgentNumber, Hash32> _bids = [];
    private readonly HashSet<Hash32> _revealed = [];
    private readonly HashSet<Hash32> _chosen = [];
    private TenderOpened? _opened;
    private bool _isRevealed;

    /// <summary>Follows one event; returns whether another may follow.</summary>
    public bool Take(TenderFact fact, StoredRow row)
    {
        Require(row, fact is TenderOpened == (row.Version == 1), "A tender begins with its opening, and only once.");
        Require(row, AudienceOf(fact) == (row.AudienceFirst, row.AudienceSecond),
            $"Its audience is {row.AudienceFirst} and {row.AudienceSecond}, not {AudienceOf(fact)}.");
        switch (fact)
        {
            case TenderOpened opened:
                Open(opened, row);
                break;
            case SellerInvited invited:
                Require(row, IsInvited(invited.Seller), $"{invited.Seller} is not among the invited.");
                break;
            case BidSubmitted submitted:
                Bid(submitted, row);
                break;
            case BidWithdrawn withdrawn:
                Require(row, !_isRevealed && _bids.Remove(withdrawn.By), "There was no sealed bid to withdraw.");
                break;
            case TenderRevealed revealed:
                Reveal(revealed, row);
                break;
            case BidsChosen chosen:
                Choose(chosen, row);
                break;
            case BidNegotiationAnswered answered:
                Require(row, _chosen.Contains(answered.Bid), "No such bid was chosen.");
                break;
            default:
                return End((TenderEnded)fact, row);
        }

        return true;
    }

    private void Open(TenderOpened opened, StoredRow row)
    {
        _opened = opened;
        Require(row, opened.By == opened.Buyer.Agent, "It is not its buyer who opened it.");
        Require(
            row, AuditedHashes.OfNonce(id, opened.Nonce) == opened.Call.Commitment,
            "The commitment is not that of the nonce.");
    }

    private void Bid(BidSubmitted submitted, StoredRow row)
    {
        var bid = submitted.Bid;
        Require(row, !_isRevealed && submitted.At < _opened?.Call.EndsAt, "It was made after the window.");
        Require(row, submitted.By == bid.Seller.Agent, "It is not the bidder who made it.");
        Require(row, bid.Seller.Principal != _opened?.Buyer.Principal, "Buyer and bidder are one principal.");
        Require(
            row, _opened?.Call.IsByInvitation == false || IsInvited(submitted.By), $"{submitted.By} was not invited.");
        Require(
            row, AuditedHashes.OfBid(context.Market, id, bid) == bid.Hash,
            "The bid's hash is not that of its content.");
        _bids[submitted.By] = bid.Hash;
        context.Bids[(id, submitted.By)] = (submitted.At, row.Position);
    }

    private void Reveal(TenderRevealed revealed, StoredRow row)
    {
        var ascending = _bids.OrderBy(bid => bid.Value.ToString(), StringComparer.Ordinal).ToArray();
        var seed = AuditedHashes.OfSeed(id, revealed.Nonce, [.. ascending.Select(bid => bid.Value)]);
        Require(row, !_isRevealed && revealed.At >= _opened?.Call.EndsAt, "It was revealed before the window's end.");
        Require(row, revealed.Nonce == _opened?.Nonce, "The nonce is not the one of the opening.");
        Require(row, revealed.Seed == seed, $"The seed is {revealed.Seed} and should be {seed}.");
        var order = Shuffled([.. ascending.Select(bid => bid.Key)], seed);
        Require(
            row, revealed.Count == order.Length && revealed.Bidders.All.SequenceEqual(order),
            "The order is not the one that follows from the seed.");
        _isRevealed = true;
        _revealed.UnionWith(_bids.Values);
        if (_opened is not null)
        {
            context.Reveals[id] = (revealed.At, _opened.Call.Request);
        }
    }

    private void Choose(BidsChosen chosen, StoredRow row)
    {
        Require(row, chosen.By == _opened?.Buyer.Agent, "It is not the tender's buyer who chose.");
        foreach (var bid in chosen.Bids)
        {
            Require(row, _revealed.Contains(bid) && _chosen.Add(bid), $"Bid {bid} cannot be chosen, or was before.");
        }
    }

    private bool End(TenderEnded ended, StoredRow row)
    {
        Require(row, ended.IsCancelled != _isRevealed, "A tender is cancelled before its reveal and closed after it.");
        return !ended.IsCancelled; // negotiations of chosen bids may still answer
    }

    private bool IsInvited(AgentNumber seller) => _opened is { } opened && opened.Invited.All.Contains(seller);

    private (long First, long Second) AudienceOf(TenderFact fact) => fact switch
    {
        TenderOpened opened => (opened.Buyer.Agent.Value, -1),
        SellerInvited invited => (invited.Seller.Value, -1),
        BidSubmitted submitted => (submitted.By.Value, -1),
        BidWithdrawn withdrawn => (withdrawn.By.Value, 0),
        BidsChosen => (_opened?.Buyer.Agent.Value ?? 0, 0),
        BidNegotiationAnswered => (0, 0),
        _ => (0, -2),
    };

    /// <summary>The audit's own form of the documented shuffle.</summary>
    private static AgentNumber[] Shuffled(AgentNumber[] order, Hash32 seed)
    {
        var state = seed.A;
        for (var last = order.Length - 1; last > 0; last--)
        {
            var range = (ulong)last + 1;
            ulong drawn;
            do
            {
                drawn = Next(ref state);
            }
            while (drawn >= ulong.MaxValue - (ulong.MaxValue % range) && (ulong.MaxValue % range) != range - 1);

            var place = (int)(drawn % range);
            (order[last], order[place]) = (order[place], order[last]);
        }

        return order;
    }

    private static ulong Next(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    private void Require(StoredRow row, bool holds, string otherwise) =>
        context.Findings.Require(row, holds, otherwise);
}
