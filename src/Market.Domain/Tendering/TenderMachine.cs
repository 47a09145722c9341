using Market.Domain.Negotiating;

namespace Market.Domain.Tendering;

/// <summary>
/// The rules of a tender as one pure function. Each part lists its refusals from top to bottom; what follows the last
/// one cannot fail.
/// </summary>
public static partial class TenderMachine
{
    /// <summary>How long a grain has for its answer before it is told again.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    /// <summary>Decides a command against a state at a moment. Does not change the state.</summary>
    /// <param name="state">The tender.</param>
    /// <param name="command">What is asked of it.</param>
    /// <param name="now">The moment that the event will carry; later than the state's last one.</param>
    public static TenderDecision Decide(TenderState state, TenderCommand command, LedgerTime now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return command switch
        {
            OpenTenderCommand open => DecideOpen(state, open, now),
            PerformTenderAct perform => DecideAct(state, perform, now),
            NeedFilled => new TenderDecision(EndFilled(state, now), null, null),
            ContinueTender => new TenderDecision(Continue(state, now), null, null),
            BidOpened opened => state.Awaits(opened.Bid)
                ? Event(new BidNegotiationAnswered(now, state.Call.Tender, opened.Bid, opened.RefusalCode))
                : TenderDecision.Nothing,
            _ => throw new ArgumentException($"No rule decides {command?.GetType().Name}.", nameof(command)),
        };
    }

    /// <summary>The one armed deadline of a tender once an event has been folded in; null when there is none.</summary>
    /// <param name="state">The tender before the event.</param>
    /// <param name="event">The event.</param>
    public static LedgerTime? DeadlineAfter(TenderState state, TenderEvent @event)
    {
        ArgumentNullException.ThrowIfNull(state);
        return @event switch
        {
            TenderOpened opened => WindowDeadline(opened.Call, opened.Invited.Count, opened.At),
            SellerInvited => WindowDeadline(state.Call, state.Invited.Count - state.InvitedCount - 1, @event.At),
            BidSubmitted or BidWithdrawn =>
                WindowDeadline(state.Call, state.Invited.Count - state.InvitedCount, @event.At),
            TenderRevealed => state.StandUntil(@event.At),
            BidsChosen => @event.At + RetryInterval,
            BidNegotiationAnswered when state.Unanswered.Count > 1 => @event.At + RetryInterval,
            BidNegotiationAnswered when state.Status == TenderStatus.Revealed => state.StandUntil(state.RevealedAt),
            TenderClosed when state.Unanswered.Count > 0 => @event.At + RetryInterval,
            _ => null,
        };
    }

    /// <summary>The answer that an agent's earlier act got; a refusal where there was none, or another one.</summary>
    /// <param name="state">The tender.</param>
    /// <param name="by">The agent.</param>
    /// <param name="message">Its id of the act.</param>
    /// <param name="digest">Digest of the act's exact bytes.</param>
    public static TenderDecision AnswerTo(TenderState state, AgentNumber by, MessageId message, ActDigest digest)
    {
        ArgumentNullException.ThrowIfNull(state);
        return EarlierAnswer(state, by, message, digest) ?? TenderDecision.Refuse(TenderRefusal.TenderNotFound);
    }

    private static LedgerTime WindowDeadline(TenderCall call, int toInvite, LedgerTime now) =>
        toInvite > 0 && now + RetryInterval < call.EndsAt ? now + RetryInterval : call.EndsAt;

    private static TenderEvent? Continue(TenderState state, LedgerTime now) => state.Status switch
    {
        TenderStatus.Collecting when now >= state.Call.EndsAt => Reveal(state, now),
        TenderStatus.Collecting when state.InvitedCount < state.Invited.Count =>
            new SellerInvited(now, state.Call.Tender, state.Invited[state.InvitedCount], state.Call),
        TenderStatus.Revealed when state.Unanswered.Count == 0 && now >= state.StandUntil(state.RevealedAt) =>
            new TenderClosed(now, state.Call.Tender, Act: null, ClosingReason.NoBidStands),
        _ => null,
    };

    /// <summary>Before the reveal no bid comes to light any more; after it no bid is chosen.</summary>
    private static TenderEvent? EndFilled(TenderState state, LedgerTime now) => state.Status switch
    {
        TenderStatus.Collecting => new TenderCancelled(now, state.Call.Tender, Act: null),
        TenderStatus.Revealed => new TenderClosed(now, state.Call.Tender, Act: null, ClosingReason.NeedIsFilled),
        _ => null,
    };

    private static TenderDecision DecideAct(TenderState state, PerformTenderAct command, LedgerTime now)
    {
        // An act names its tender inside the signed bytes: delivered to another one it has no meaning there. One that
        // may not be known is not told apart from one that does not exist.
        if (!state.IsVisibleTo(command.From) || command.Act.Tender != state.Call.Tender)
        {
            return TenderDecision.Refuse(TenderRefusal.TenderNotFound);
        }

        if (EarlierAnswer(state, command.From, command.Act.Message, command.Digest) is { } earlier)
        {
            return earlier;
        }

        if (MessageIds.Refuse(command.Act.Message, now) is { } refusedId)
        {
            return TenderDecision.Refuse(refusedId);
        }

        if (command.Act is not (SubmitBid or WithdrawBid) && command.From != state.Buyer.Agent)
        {
            return TenderDecision.Refuse(TenderRefusal.NotYourTender);
        }

        // The reveal is journalled before anyone learns that the window has ended: the late act brings it about.
        var hasEnded = state.Status == TenderStatus.Collecting && now >= state.Call.EndsAt;
        if ((hasEnded ? LateFor(command.Act) : RefuseStatus(state.Status, command.Act)) is { } refusal)
        {
            return new TenderDecision(hasEnded ? Reveal(state, now) : null, refusal, null);
        }

        return command.Act switch
        {
            SubmitBid submit => DecideBid(state, submit, command, now),
            WithdrawBid => DecideWithdraw(state, command, now),
            ChooseBids choose => DecideChoose(state, choose, command, now),
            CancelTender => Record(state, new TenderCancelled(now, state.Call.Tender, Reference(command))),
            CloseTender => Record(
                state, new TenderClosed(now, state.Call.Tender, Reference(command), ClosingReason.ByBuyer)),
            _ => throw new ArgumentException($"No rule decides {command.Act.GetType().Name}.", nameof(command)),
        };
    }

    private static bool BelongsInWindow(TenderAct act) => act is SubmitBid or WithdrawBid or CancelTender;

    private static TenderRefusal LateFor(TenderAct act) =>
        BelongsInWindow(act) ? TenderRefusal.WindowHasEnded : TenderRefusal.BidsAreSealed;

    private static TenderRefusal? RefuseStatus(TenderStatus status, TenderAct act) => status switch
    {
        TenderStatus.Collecting => BelongsInWindow(act) ? null : TenderRefusal.BidsAreSealed,
        TenderStatus.Revealed => BelongsInWindow(act) ? TenderRefusal.WindowHasEnded : null,
        _ => TenderRefusal.TenderHasEnded,
    };

    private static TenderDecision? EarlierAnswer(
        TenderState state, AgentNumber by, MessageId message, ActDigest digest) =>
        state.FindAct(by, message) is not { } act ? null
        : act.Digest == digest ? new TenderDecision(null, null, act.Answer)
        : TenderDecision.Refuse(NegotiationRefusal.MessageIdReused);

    private static TenderDecision Event(TenderEvent @event) => new(@event, null, null);

    private static TenderDecision Record(TenderState state, TenderEvent @event) =>
        new(@event, null, new TenderRecorded(state.Call.Tender, @event.At));

    private static TenderActReference Reference(PerformTenderAct command) =>
        new(command.Act.Message, command.Digest, command.From);
}
