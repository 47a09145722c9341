using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Client;

/// <summary>Where a negotiation stands after one of its events, as its agent may know it. Immutable.</summary>
public sealed record NegotiationSnapshot
{
    private NegotiationSnapshot(NegotiationState state, Party own, ValueArray<NegotiationMessage> messages)
    {
        (Id, Own, Seq, At, Status, OpenedBy, Turn) =
            (state.Id, own, state.Seq, state.LastTime, state.Status, state.OpenedBy, state.Turn);
        (Buyer, Seller, Subject, Rules) = (state.Buyer, state.Seller, state.Subject, state.Rules);
        (Standing, OffersMade, Deadline) = (state.Standing, state.OffersMade, state.Deadline);
        RoundsAreExhausted = Conduct.RoundsAreExhausted(own, state);
        IsMyTurn = Conduct.IsTurnOf(own, state);
        View = Conduct.ViewOf(own, state);
        (BargainingSeq, HasMadeFinalOffer) = (state.BargainingSeq, state.HasMadeFinalOffer(own));
        (Deal, Agreed, TermsHash) = (state.Deal, state.Agreed, state.TermsHash);
        (Receipt, Failure, Cancellation, Messages) = (state.Receipt, state.Failure, state.Cancellation, messages);
    }

    /// <summary>The negotiation.</summary>
    public NegotiationId Id { get; }

    /// <summary>The side that this agent is on.</summary>
    public Party Own { get; }

    /// <summary>Number of events so far: the version that an act names.</summary>
    public long Seq { get; }

    /// <summary>The version of the last event that was not a mere message.</summary>
    public long BargainingSeq { get; }

    /// <summary>When the last event happened, by the market's clock.</summary>
    public LedgerTime At { get; }

    /// <summary>Where it stands.</summary>
    public NegotiationStatus Status { get; }

    /// <summary>Who opened it.</summary>
    public Party OpenedBy { get; }

    /// <summary>Who may make the next offer or accept; null where either may, or nobody any more.</summary>
    public Party? Turn { get; }

    /// <summary>The side that pays. The counterparty's mandate is never shown.</summary>
    public Participant Buyer { get; }

    /// <summary>The side that delivers. The counterparty's mandate is never shown.</summary>
    public Participant Seller { get; }

    /// <summary>What it is about.</summary>
    public Subject Subject { get; }

    /// <summary>Its rules.</summary>
    public NegotiationRules Rules { get; }

    /// <summary>The offer that can be answered, or the accepted one; null where none stands.</summary>
    public Offer? Standing { get; }

    /// <summary>Offers made so far by both sides.</summary>
    public int OffersMade { get; }

    /// <summary>From this moment on it has expired.</summary>
    public LedgerTime Deadline { get; }

    /// <summary>The deal, once there is one.</summary>
    public DealId? Deal { get; }

    /// <summary>
    /// The agreed terms, once there are any: the accepted offer's, with the quantity that was taken of it.
    /// </summary>
    public Terms? Agreed { get; }

    /// <summary>The hash of the agreed terms, once there are any.</summary>
    public Hash256 TermsHash { get; }

    /// <summary>The market's receipt, once the deal is settled.</summary>
    public SignedReceipt? Receipt { get; }

    /// <summary>Why the deal was not settled, as far as this side may know; null where that did not happen.</summary>
    public SettlementFailure? Failure { get; }

    /// <summary>Why the market ended it; null where it did not.</summary>
    public CancelReason? Cancellation { get; }

    /// <summary>What both sides have said so far beside the offers, in order.</summary>
    public ValueArray<NegotiationMessage> Messages { get; }

    /// <summary>
    /// The own side's cause of a failed settlement, or that the counterparty could not settle; none where none failed.
    /// </summary>
    public RefusalCode OwnFailure =>
        (RefusalCode)((Own == Party.Buyer ? Failure?.BuyerCode : Failure?.SellerCode) ?? 0);

    /// <summary>The round, from 0; in each round each side makes at most one offer.</summary>
    public int Round => OffersMade / 2;

    /// <summary>
    /// Whether this agent has made all offers that the rules allow it, withdrawn ones included: what is left is to
    /// accept, reject or leave.
    /// </summary>
    public bool RoundsAreExhausted { get; }

    /// <summary>Whether this agent has made its final offer: what is left is to accept, reject or leave.</summary>
    public bool HasMadeFinalOffer { get; }

    /// <summary>Whether offers may still be made or accepted.</summary>
    public bool IsLive =>
        Status is NegotiationStatus.Invited or NegotiationStatus.Open or NegotiationStatus.Negotiating;

    /// <summary>Whether nothing will ever change again.</summary>
    public bool HasEnded => Status >= NegotiationStatus.Settled;

    /// <summary>The counterparty's offer that stands now, or null.</summary>
    public Offer? CounterpartyOffer => IsLive && Standing is { } offer && offer.By != Own ? offer : null;

    /// <summary>
    /// Whether it is this agent's turn. Where the rules let either side begin, it is the invited side's turn to join or
    /// to offer, and once it has joined, the opener's to offer: so two strategies never wait for each other, or
    /// collide.
    /// </summary>
    public bool IsMyTurn { get; }

    /// <summary>What a strategy on this side is shown.</summary>
    public NegotiationView View { get; }

    /// <summary>What the standing offer's total is made of; null where none stands.</summary>
    public TotalBreakdown? StandingBreakdown => Standing is { } offer ? BreakdownOf(offer.Terms) : null;

    /// <summary>What the all-in total of terms is made of: the goods, and each charge of the listing.</summary>
    public TotalBreakdown BreakdownOf(Terms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return Subject.Agenda.BreakdownOf(terms.Outcome);
    }

    /// <summary>
    /// The terms of an outcome, with the total that the market will compute. Where the agenda has texts, they are those
    /// of the last offer that stands, or else the posted ones.
    /// </summary>
    /// <exception cref="ArgumentException">The outcome is not one of this negotiation's agenda.</exception>
    public Terms TermsOf(Outcome outcome) => TermsOf(outcome, (Standing?.Terms ?? Subject.Posted)?.Labels ?? default);

    /// <summary>The terms of an outcome and a text for each text issue, with the total that the market will
    /// compute.</summary>
    /// <exception cref="ArgumentException">The outcome is not one of this negotiation's agenda.</exception>
    public Terms TermsOf(Outcome outcome, ValueArray<string> labels) => Subject.Agenda.Contains(outcome)
        ? Subject.Agenda.TermsOf(outcome, labels)
        : throw new ArgumentException(
            $"{outcome} has not one allowed value for each issue of the agenda.", nameof(outcome));

    /// <summary>What a state looks like now.</summary>
    internal static NegotiationSnapshot Of(
        NegotiationState state, Party own, ValueArray<NegotiationMessage> messages) => new(state, own, messages);
}
