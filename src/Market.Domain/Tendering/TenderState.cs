using Market.Domain.Negotiating;

namespace Market.Domain.Tendering;

/// <summary>A tender as its events have made it.</summary>
/// <param name="market">The market, which hashes are bound to.</param>
public sealed partial class TenderState(MarketId market)
{
    private readonly Dictionary<AgentNumber, Bidder> _bidders = [];
    private readonly Dictionary<(AgentNumber By, MessageId Message), RecordedTenderAct> _acts = [];
    private readonly HashSet<AgentNumber> _allowed = [];
    private readonly Dictionary<Hash256, int> _places = [];
    private readonly Dictionary<Hash256, NegotiationId> _chosen = [];
    private readonly List<ChosenBid> _unanswered = [];
    private SealedBid[] _order = [];
    private Hash256[] _ascending = [];

    /// <summary>The market.</summary>
    public MarketId Market { get; } = market;

    /// <summary>Time of the last event.</summary>
    public LedgerTime LastTime { get; private set; }

    /// <summary>Where it stands.</summary>
    public TenderStatus Status { get; private set; }

    /// <summary>What is asked for; set by the opening.</summary>
    public TenderCall Call { get; private set; } = null!;

    /// <summary>The side that pays; set by the opening.</summary>
    public Participant Buyer { get; private set; } = null!;

    /// <summary>The sellers who may bid; empty for all.</summary>
    public ValueArray<AgentNumber> Invited { get; private set; }

    /// <summary>How many of the invited have been told so far.</summary>
    public int InvitedCount { get; private set; }

    /// <summary>The nonce; nobody outside the market sees it before the reveal.</summary>
    public Hash256 Nonce { get; private set; }

    /// <summary>When the bids were revealed; the default value before.</summary>
    public LedgerTime RevealedAt { get; private set; }

    /// <summary>The seed of the order, once revealed.</summary>
    public Hash256 Seed { get; private set; }

    /// <summary>Chosen bids whose negotiations have not answered yet, in the order in which they were chosen.</summary>
    public IReadOnlyList<ChosenBid> Unanswered => _unanswered;

    /// <summary>The bids in the revealed order; empty before.</summary>
    public IReadOnlyList<SealedBid> Revealed => _order;

    /// <summary>The hashes of the revealed bids, ascending; empty before.</summary>
    public ReadOnlySpan<Hash256> Ascending => _ascending;

    /// <summary>Whether nothing will ever change again.</summary>
    public bool HasEnded =>
        Status == TenderStatus.Cancelled || (Status == TenderStatus.Closed && _unanswered.Count == 0);

    /// <summary>Sellers who have ever bid, those with withdrawn bids too.</summary>
    internal int BidderCount => _bidders.Count;

    /// <summary>The bids that stand now.</summary>
    internal IEnumerable<SealedBid> Bids => _bidders.Values.Where(b => b.Bid is not null).Select(b => b.Bid!);

    /// <summary>The moment at which the last bid ends to stand, where the reveal is or was at a moment.</summary>
    internal LedgerTime StandUntil(LedgerTime revealedAt) =>
        revealedAt + Bids.Select(b => b.Offer.ValidFor).DefaultIfEmpty(TimeSpan.Zero).Max();

    /// <summary>Whether an agent may know of the tender.</summary>
    internal bool IsVisibleTo(AgentNumber agent) =>
        Status != TenderStatus.None && (agent == Buyer.Agent || !Call.IsByInvitation || _allowed.Contains(agent));

    /// <summary>What is remembered of a seller; null for one that never bid.</summary>
    internal Bidder? FindBidder(AgentNumber seller) => _bidders.GetValueOrDefault(seller);

    /// <summary>The bid of a hash after the reveal, with its place from 0; null where there is none.</summary>
    internal (SealedBid Bid, int Place)? FindRevealed(Hash256 bid) =>
        _places.TryGetValue(bid, out var place) ? (_order[place], place) : null;

    /// <summary>Whether a bid has been chosen.</summary>
    internal bool IsChosen(Hash256 bid) => _chosen.ContainsKey(bid);

    /// <summary>Whether a chosen bid's negotiation has still to answer.</summary>
    internal bool Awaits(Hash256 bid) => _unanswered.Exists(chosen => chosen.Bid == bid);

    /// <summary>The recorded act of an agent under a message id, or null.</summary>
    internal RecordedTenderAct? FindAct(AgentNumber by, MessageId message) =>
        _acts.TryGetValue((by, message), out var act) ? act : null;
}

/// <summary>What is remembered of one seller in a tender.</summary>
/// <param name="Bid">Its bid; null once withdrawn.</param>
/// <param name="Act">The act that made the bid.</param>
/// <param name="Acts">How often it has bid or withdrawn.</param>
internal sealed record Bidder(SealedBid? Bid, TenderActReference Act, int Acts);

/// <summary>What is remembered of an act.</summary>
internal readonly record struct RecordedTenderAct(ActDigest Digest, object Answer);
