using Market.Domain;
using Market.Domain.Approvals;
using Market.Domain.Listings;
using Market.Domain.Mandates;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Tendering;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;

namespace Market.Grains;

/// <summary>
/// One negotiation. After an agreement it tells the ledger to settle, again and again until it is told the answer.
/// </summary>
/// <param name="market">The market.</param>
/// <param name="receipts">Signs the receipt of a settled deal.</param>
/// <param name="mandates">
/// Refuses a binding act early that would exceed its sender's own mandate; null leaves that to the ledger alone.
/// </param>
/// <param name="listings">
/// Refuses a new offer on a listing's old version; null where listings do not change.
/// </param>
public sealed class NegotiationGrain(
    MarketId market,
    IReceiptSigner receipts,
    IMandateAdvisor? mandates = null,
    IListingAdvisor? listings = null) : IGrain
{
    private readonly NegotiationState _state = new(market);

    /// <inheritdoc/>
    public LedgerTime LastTime => _state.LastTime;

    /// <inheritdoc/>
    public bool HasEnded => _state.HasEnded;

    /// <inheritdoc/>
    public void Apply(object @event) => _state.Apply((NegotiationEvent)@event);

    /// <inheritdoc/>
    public GrainStep Receive(object message, LedgerTime now) => message switch
    {
        NegotiationCommand command => Advised(NegotiationMachine.Decide(_state, command, now), now),
        OpenForTender told => Opened(told, NegotiationMachine.Decide(_state, told.Opening, now)),
        DeadlineReached => Step(NegotiationMachine.Decide(_state, PassTime.Instance, now)) with { Tells = Unsettled() },
        SettlementAnswer answer when !_state.Awaits(answer.Deal) => default,
        SettlementAnswer answer => Step(NegotiationMachine.Decide(_state, CommandOf(answer), now)),
        FindOpening find => Step(NegotiationMachine.AnswerToOpening(_state, find.Message, find.Digest)),
        GetStandingOffer query => new GrainStep(_state.PartyOf(query.Asker) is null
            ? Refusals.Of(NegotiationRefusal.NegotiationNotFound)
            : new StandingOffer(_state.Standing, _state.StandingEvidence)),
        GetApprovalMatter query => new GrainStep(MatterOf(query, now)),
        GetOwnPart query => new GrainStep(_state.PartyOf(query.Asker) is { } own
            ? own == Party.Buyer
                ? new OwnPart(own, _state.Buyer.Mandate, _state.Subject, _state.Seller.Agent)
                : new OwnPart(own, _state.Seller.Mandate, _state.Subject, _state.Buyer.Agent)
            : Refusals.Of(NegotiationRefusal.NegotiationNotFound)),
        _ => throw new ArgumentException($"A negotiation takes no {message.GetType().Name}.", nameof(message)),
    };

    /// <summary>
    /// A binding act beyond the sender's mandate is refused to the sender, and nobody else notices; so is a new offer
    /// on an old version of the listing. It comes after the decision, so that an act that was recorded before gets its
    /// old answer.
    /// </summary>
    private GrainStep Advised(NegotiationDecision decision, LedgerTime now) =>
        Settlement.CommitmentOf(_state, decision.Event) is { } deal && mandates?.Advise(deal, now) is { } refused
            ? new GrainStep(refused.Reason == LedgerRefusal.ApprovalRequired
                ? new ApprovalDue(ApprovalMatters.Of(_state, decision.Event)!, refused)
                : refused)
            : decision.Event is OfferMade
                && listings?.Advise(_state.Subject.Listing, _state.Subject.ListingVersion) is { } stale
            ? new GrainStep(Refusals.Of(stale.Refusal, fields: stale.Fields))
            : Step(decision);

    private object MatterOf(GetApprovalMatter query, LedgerTime now)
    {
        var (matter, refusal) = ApprovalMatters.Of(_state, query.Asker, query.OfferNumber, query.Terms, now);
        return matter is null ? Refusals.Of(refusal!) : new ApprovalDue(matter);
    }

    /// <summary>
    /// Opens for a tender, which is told the answer. What the mandates allow is left to the ledger, so that a buyer
    /// learns nothing of a bidder's.
    /// </summary>
    private GrainStep Opened(OpenForTender told, NegotiationDecision decision)
    {
        var step = Step(decision);
        var answer = new BidOpened(told.Bid, (int)(decision.Refusal ?? default));
        return step with { Reply = null, Tells = [.. step.Tells, new Tell(GrainId.Of(told.Tender), answer)] };
    }

    private GrainStep Step(NegotiationDecision decision)
    {
        object? reply = decision.Refusal is { } refusal
            ? Refusals.Of(refusal, fields: decision.Fields)
            : decision.Answer;
        if (decision.Event is not { } @event)
        {
            return new GrainStep(reply);
        }

        return new GrainStep(
            reply,
            @event,
            NegotiationMachine.DeadlineAfter(_state, @event),
            AudienceOf(@event),
            Settlement.CommandAfter(_state, @event) is { } settle ? [ToLedger(settle)] : []);
    }

    private ValueArray<Tell> Unsettled() => Settlement.CommandOf(_state) is { } settle ? [ToLedger(settle)] : [];

    private NegotiationCommand CommandOf(SettlementAnswer answer) => answer switch
    {
        Settled settled => new ConfirmSettlement(settled.Deal, receipts.Sign(Settlement.ReceiptOf(_state, settled))),
        SettlementRefused refused => new FailSettlement(refused.Deal, Settlement.FailureOf(refused)),
        _ => throw new ArgumentException($"No rule reads {answer.GetType().Name}.", nameof(answer)),
    };

    private Audience AudienceOf(NegotiationEvent @event) => @event switch
    {
        NegotiationOpened opened => new Audience(opened.Buyer.Agent, opened.Seller.Agent),
        PostedPriceTaken taken => new Audience(taken.Buyer.Agent, taken.Seller.Agent),
        _ => new Audience(_state.Buyer.Agent, _state.Seller.Agent),
    };

    private static Tell ToLedger(Settle settle) =>
        new(GrainId.Ledger, new TellLedger(GrainId.Of(settle.Negotiation), settle));
}
