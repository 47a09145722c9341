using Market.Domain.Approvals;

namespace Market.Domain.Negotiating;

/// <summary>
/// A negotiation as its events have made it. The market folds the journal into it; a client folds what it is shown into
/// its own copy: the same class serves both, and so both count versions alike.
/// </summary>
/// <param name="market">The market, which hashes are bound to.</param>
public sealed partial class NegotiationState(MarketId market)
{
    private readonly ActMemory _acts = new();
    private readonly SideRecord _buyer = new();
    private readonly SideRecord _seller = new();

    /// <summary>The market.</summary>
    public MarketId Market { get; } = market;

    /// <summary>The negotiation; the default value before it is opened.</summary>
    public NegotiationId Id { get; private set; }

    /// <summary>Version of the stream: the number of events so far, the "seq" that an act names.</summary>
    public long Seq { get; private set; }

    /// <summary>
    /// Version of the last event that was not a mere message: inquiries and information since then leave all acts
    /// upon it as good as they were.
    /// </summary>
    public long BargainingSeq { get; private set; }

    /// <summary>Time of the last event.</summary>
    public LedgerTime LastTime { get; private set; }

    /// <summary>Where it stands.</summary>
    public NegotiationStatus Status { get; private set; }

    /// <summary>Who opened it.</summary>
    public Party OpenedBy { get; private set; }

    /// <summary>Who may make the next offer or accept; null where either may (nobody has offered yet).</summary>
    public Party? Turn { get; private set; }

    /// <summary>The side that pays; set by the opening.</summary>
    public Participant Buyer { get; private set; } = null!;

    /// <summary>The side that delivers; set by the opening.</summary>
    public Participant Seller { get; private set; } = null!;

    /// <summary>What it is about; set by the opening.</summary>
    public Subject Subject { get; private set; } = null!;

    /// <summary>The rules; set by the opening.</summary>
    public NegotiationRules Rules { get; private set; } = null!;

    /// <summary>The offer that can be answered now, or null. After agreement: the accepted one.</summary>
    public Offer? Standing { get; private set; }

    /// <summary>The signature of the standing offer's maker, or null.</summary>
    public Evidence? StandingEvidence { get; private set; }

    /// <summary>
    /// The approval of the standing offer's maker's principal; null where it needed none, and to the other side.
    /// </summary>
    public GrantedApproval? StandingApproval { get; private set; }

    /// <summary>Hash of the terms that the buyer's principal has approved for the deal, or null.</summary>
    public Hash256? BuyerApproval { get; private set; }

    /// <summary>Hash of the terms that the seller's principal has approved for the deal, or null.</summary>
    public Hash256? SellerApproval { get; private set; }

    /// <summary>Offers made so far by both sides.</summary>
    public int OffersMade { get; private set; }

    /// <summary>The current round, from 0; in each round each side makes at most one offer.</summary>
    public int Round => OffersMade / 2;

    /// <summary>From this moment on the negotiation has expired.</summary>
    public LedgerTime Deadline { get; private set; }

    /// <summary>The deal, once there is one.</summary>
    public DealId? Deal { get; private set; }

    /// <summary>
    /// The agreed terms, once there are any: the accepted offer's, with the quantity that was taken of it.
    /// </summary>
    public Terms? Agreed { get; private set; }

    /// <summary>The hash of the agreed terms, once there are any.</summary>
    public Hash256 TermsHash { get; private set; }

    /// <summary>The market's receipt, once the deal is settled.</summary>
    public SignedReceipt? Receipt { get; private set; }

    /// <summary>Why the deal was not settled, if it was not.</summary>
    public SettlementFailure? Failure { get; private set; }

    /// <summary>Why the market ended it; null where it did not.</summary>
    public CancelReason? Cancellation { get; private set; }

    /// <summary>Whether offers may still be made or accepted.</summary>
    public bool IsLive =>
        Status is NegotiationStatus.Invited or NegotiationStatus.Open or NegotiationStatus.Negotiating;

    /// <summary>Whether nothing will ever change again.</summary>
    public bool HasEnded => Status >= NegotiationStatus.Settled;

    /// <summary>Whether a deal was agreed here and the ledger's answer to it has not come yet.</summary>
    public bool Awaits(DealId deal) => Status == NegotiationStatus.Agreed && Deal == deal;

    /// <summary>Offers that a side has made so far, withdrawn ones too: at most one a round.</summary>
    public int OffersMadeBy(Party party) => Of(party).Offers;

    /// <summary>Whether a side has made its final offer, and so makes no other.</summary>
    public bool HasMadeFinalOffer(Party party) => Of(party).LastOffer is { IsFinal: true };

    /// <summary>Inquiries and information that a side has sent so far.</summary>
    public int MessagesBy(Party party) => Of(party).Messages;

    /// <summary>Whether an act upon a version is one upon what stands now: only messages have come since.</summary>
    public bool IsCurrent(long expectedSeq) => expectedSeq >= BargainingSeq && expectedSeq <= Seq;

    /// <summary>The side that an agent is on; null for a stranger.</summary>
    public Party? PartyOf(AgentNumber agent) =>
        Status == NegotiationStatus.None ? null
        : agent == Buyer.Agent ? Party.Buyer
        : agent == Seller.Agent ? Party.Seller
        : null;

    /// <summary>Whether a side has made an inquiry at a version.</summary>
    internal bool HasInquired(Party by, long seq) => Of(by).HasInquired(seq);

    /// <summary>
    /// Whether an offer would be the last of as many rounds without movement as the rules allow: each side has made
    /// its own offer again that many times, and neither has moved in between.
    /// </summary>
    internal bool CompletesImpasse(Party by, ProposedOffer offer) =>
        Rules.ImpasseAfter > 0
        && Of(by).IsRepetition(offer.Terms, offer.Binding, offer.PartialFrom)
        && Of(by).Repetitions + 1 >= Rules.ImpasseAfter
        && Of(by.Counterparty()).Repetitions >= Rules.ImpasseAfter;

    /// <summary>The recorded act of a side under a message id, or null.</summary>
    internal RecordedAct? FindAct(Party by, MessageId message) => _acts.Find(by, message);

    private SideRecord Of(Party party) => party == Party.Buyer ? _buyer : _seller;
}
