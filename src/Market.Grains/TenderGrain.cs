using Market.Domain;
using Market.Domain.Mandates;
using Market.Domain.Tendering;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;

namespace Market.Grains;

/// <summary>
/// One tender. It invites and reveals by itself, and tells the negotiations of chosen bids to open, again and again
/// until each has answered.
/// </summary>
/// <param name="market">The market.</param>
/// <param name="mandates">
/// Refuses a firm bid early that would exceed its bidder's own mandate; null leaves that to the ledger alone.
/// </param>
public sealed class TenderGrain(MarketId market, IMandateAdvisor? mandates = null) : IGrain
{
    private readonly TenderState _state = new(market);

    /// <inheritdoc/>
    public LedgerTime LastTime => _state.LastTime;

    /// <inheritdoc/>
    public bool HasEnded => _state.HasEnded;

    /// <inheritdoc/>
    public void Apply(object @event) => _state.Apply((TenderEvent)@event);

    /// <inheritdoc/>
    public GrainStep Receive(object message, LedgerTime now) => message switch
    {
        TenderCommand command => Advised(TenderMachine.Decide(_state, command, now), now),
        DeadlineReached => Again(TenderMachine.Decide(_state, ContinueTender.Instance, now)),
        FindTenderAct find => Step(TenderMachine.AnswerTo(_state, find.By, find.Message, find.Digest)),
        AskTender ask => new GrainStep(
            TenderViews.Answer(_state, ask) is var answer && answer is Enum refusal ? Refusals.Of(refusal) : answer),
        _ => throw new ArgumentException($"A tender takes no {message.GetType().Name}.", nameof(message)),
    };

    /// <summary>A firm bid beyond the bidder's mandate is refused to the bidder, and nobody else notices.</summary>
    private GrainStep Advised(TenderDecision decision, LedgerTime now) =>
        TenderMachine.CommitmentOf(_state, decision.Event) is { } deal && mandates?.Advise(deal, now) is { } refused
            ? new GrainStep(refused)
            : Step(decision);

    private GrainStep Again(TenderDecision decision) => Step(decision) is { Event: not null } step
        ? step
        : new GrainStep(null, Tells: _state.Unanswered.Select(ToNegotiation).ToValueArray());

    private GrainStep Step(TenderDecision decision)
    {
        var reply = decision.Refusal is { } refusal ? Refusals.Of(refusal, fields: decision.Fields) : decision.Answer;
        return decision.Event is { } @event
            ? new GrainStep(
                reply, @event, TenderMachine.DeadlineAfter(_state, @event), AudienceOf(@event), TellsAfter(@event))
            : new GrainStep(reply);
    }

    private ValueArray<Tell> TellsAfter(TenderEvent @event) => @event switch
    {
        TenderOpened { Invited.Count: > 0 } opened => [GoOn(opened.Tender)],
        SellerInvited when _state.InvitedCount + 1 < _state.Invited.Count => [GoOn(@event.Tender)],
        BidsChosen chosen => chosen.Chosen.Select(ToNegotiation).ToValueArray(),
        _ => [],
    };

    private Tell ToNegotiation(ChosenBid chosen) =>
        new(GrainId.Of(chosen.Negotiation), TenderMachine.OpeningOf(_state, chosen));

    private static Tell GoOn(TenderId tender) => new(GrainId.Of(tender), ContinueTender.Instance);

    private Audience AudienceOf(TenderEvent @event) => @event switch
    {
        TenderOpened opened => Audience.OfJoining(opened.Buyer.Agent),
        SellerInvited invited => Audience.OfJoining(invited.Seller),
        BidSubmitted submitted => Audience.OfJoining(submitted.Act.By),
        BidWithdrawn withdrawn => new Audience(withdrawn.Act.By, default),
        TenderRevealed or TenderClosed or TenderCancelled => Audience.WholeGroup,
        BidsChosen => new Audience(_state.Buyer.Agent, default),
        _ => default,
    };
}
