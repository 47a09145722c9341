namespace Market.Domain.Negotiating;

/// <summary>
/// The rules of a negotiation as one pure function. Each part lists its refusals from top to bottom; what follows the
/// last one cannot fail.
/// </summary>
public static partial class NegotiationMachine
{
    /// <summary>How long after an agreement the ledger is told of it again, until it answers.</summary>
    public static readonly TimeSpan SettlementRetryInterval = TimeSpan.FromSeconds(2);

    /// <summary>Decides a command against a state at a moment. Does not change the state.</summary>
    /// <param name="state">The negotiation.</param>
    /// <param name="command">What is asked of it.</param>
    /// <param name="now">The moment that the event will carry; later than the state's last one.</param>
    public static NegotiationDecision Decide(NegotiationState state, NegotiationCommand command, LedgerTime now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return command switch
        {
            OpenNegotiationCommand open => DecideOpen(state, open, now),
            PerformAct perform => DecideAct(state, perform, now),
            PassTime => new NegotiationDecision(ExpiryDue(state, now), null, null),
            EndUnderMandate end => new NegotiationDecision(EndOf(state, end.Mandate, now), null, null),
            CancelNegotiation cancel => new NegotiationDecision(CancellationOf(state, cancel.Reason, now), null, null),
            ConfirmSettlement confirm => state.Awaits(confirm.Deal)
                ? new NegotiationDecision(new DealSettled(now, state.Id, confirm.Deal, confirm.Receipt), null, null)
                : NegotiationDecision.Nothing,
            FailSettlement fail => state.Awaits(fail.Deal)
                ? new NegotiationDecision(new DealNotSettled(now, state.Id, fail.Deal, fail.Failure), null, null)
                : NegotiationDecision.Nothing,
            _ => throw new ArgumentException($"No rule decides {command?.GetType().Name}.", nameof(command)),
        };
    }

    /// <summary>
    /// The one armed deadline of a negotiation once an event has been folded in, its earliest; null after its end.
    /// </summary>
    /// <param name="state">The negotiation before the event.</param>
    /// <param name="event">The event.</param>
    public static LedgerTime? DeadlineAfter(NegotiationState state, NegotiationEvent @event)
    {
        ArgumentNullException.ThrowIfNull(state);
        return @event switch
        {
            NegotiationOpened opened => Earlier(opened.At + opened.Rules.Duration, opened.FirstOffer),
            OfferMade made => Earlier(state.Deadline, made.Offer),
            NegotiationJoined or OfferWithdrawn or OfferExpired => state.Deadline,
            InquiryMade or InformationGiven => Earlier(state.Deadline, state.Standing),
            OfferAccepted or PostedPriceTaken => @event.At + SettlementRetryInterval,
            _ => null,
        };
    }

    private static LedgerTime Earlier(LedgerTime deadline, Offer? offer) =>
        offer is not null && offer.ValidUntil < deadline ? offer.ValidUntil : deadline;

    private static NegotiationEvent? ExpiryDue(NegotiationState state, LedgerTime now)
    {
        if (!state.IsLive)
        {
            return null;
        }

        if (now >= state.Deadline)
        {
            return new NegotiationExpired(now, state.Id);
        }

        return state.Standing is { } offer && now >= offer.ValidUntil
            ? new OfferExpired(now, state.Id, offer.Number)
            : null;
    }

    /// <summary>
    /// A side whose mandate was stopped leaves, even where its standing offer is irrevocable: the ledger would refuse
    /// the deal. What has been agreed is the ledger's to decide.
    /// </summary>
    private static NegotiationEvent? EndOf(NegotiationState state, MandateId mandate, LedgerTime now)
    {
        if (!state.IsLive || (state.Buyer.Mandate != mandate && state.Seller.Mandate != mandate))
        {
            return null;
        }

        if (ExpiryDue(state, now) is NegotiationExpired expired)
        {
            return expired;
        }

        var side = state.Buyer.Mandate == mandate ? Party.Buyer : Party.Seller;
        return new NegotiationLeft(now, state.Id, Act: null, side, ReasonCode.MandateDenied);
    }

    /// <summary>
    /// The market's end of a negotiation, even where an irrevocable offer stands: nobody could settle it.
    /// </summary>
    private static NegotiationEvent? CancellationOf(NegotiationState state, CancelReason reason, LedgerTime now) =>
        !state.IsLive ? null
        : ExpiryDue(state, now) is NegotiationExpired expired ? expired
        : new NegotiationCancelled(now, state.Id, Act: null, reason);

    private static NegotiationDecision DecideAct(NegotiationState state, PerformAct command, LedgerTime now)
    {
        // An act names its negotiation inside the signed bytes: delivered to another one it has no meaning there.
        if (state.PartyOf(command.From) is not { } by || command.Act.Negotiation != state.Id)
        {
            return NegotiationDecision.Refuse(NegotiationRefusal.NegotiationNotFound);
        }

        if (EarlierAnswer(state, by, command.Act.Message, command.Digest) is { } earlier)
        {
            return earlier;
        }

        if (MessageIds.Refuse(command.Act.Message, now) is { } refusedId)
        {
            return NegotiationDecision.Refuse(refusedId);
        }

        if (!state.IsLive)
        {
            return NegotiationDecision.Refuse(state.Deal is null
                ? NegotiationRefusal.NegotiationHasEnded
                : NegotiationRefusal.OfferAlreadyAccepted);
        }

        // An expiry is journalled before anyone is told of it (INV-18): the late act is what brings it to light. To a
        // message it is nothing whether an offer still stands.
        if (ExpiryDue(state, now) is { } expiry
            && (expiry is NegotiationExpired || command.Act is not (Inquire or Inform)))
        {
            return NegotiationDecision.Refuse(
                expiry is NegotiationExpired
                    ? NegotiationRefusal.NegotiationHasExpired
                    : NegotiationRefusal.OfferHasExpired,
                expiry);
        }

        if (RefuseSessionKey(state, by, command, now) is { } refusedKey)
        {
            return NegotiationDecision.Refuse(refusedKey);
        }

        return command.Act switch
        {
            MakeOffer make => DecideOffer(state, by, make, command, now),
            AcceptOffer accept => DecideAccept(state, by, accept, command, now),
            WithdrawOffer withdraw => DecideWithdraw(state, by, withdraw, command, now),
            RejectOffer reject => DecideReject(state, by, reject, command, now),
            LeaveNegotiation leave => DecideLeave(state, by, leave, command, now),
            JoinNegotiation join => DecideJoin(state, by, join, command, now),
            Inquire inquire => DecideInquire(state, by, inquire, command, now),
            Inform inform => DecideInform(state, by, inform, command, now),
            _ => throw new ArgumentException($"No rule decides {command.Act.GetType().Name}.", nameof(command)),
        };
    }

    private static NegotiationDecision? EarlierAnswer(
        NegotiationState state, Party by, MessageId message, ActDigest digest) =>
        state.FindAct(by, message) is not { } act ? null
        : act.Digest == digest ? new NegotiationDecision(null, null, new ActRecorded(state.Id, act.Seq, act.At))
        : NegotiationDecision.Refuse(NegotiationRefusal.MessageIdReused);

    private static NegotiationDecision Record(NegotiationState state, NegotiationEvent @event) =>
        new(@event, null, new ActRecorded(@event.Negotiation, state.Seq + 1, @event.At));
}
