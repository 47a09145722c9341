using Market.Domain;
using Market.Domain.Negotiating;

namespace Market.Testing;

/// <summary>
/// One negotiation under test: decides a command at the bench's clock, as an activation would (never at or before the
/// last event), folds the event in and keeps it. Message ids count up by themselves.
/// </summary>
internal sealed class NegotiationBench
{
    private readonly List<NegotiationEvent> _events = [];
    private int _messages = 1_000;

    public NegotiationState State { get; } = new(Some.Market);

    public LedgerTime Clock { get; set; } = Some.Noon;

    public IReadOnlyList<NegotiationEvent> Events => _events;

    /// <summary>A bench on which a negotiation was opened.</summary>
    public static NegotiationBench Opened(OpenNegotiationCommand? opening = null)
    {
        var bench = new NegotiationBench();
        var decision = bench.Do(opening ?? Some.Opening());
        Assert.True(decision.Refusal is null, $"The opening is refused: {decision.Refusal}.");
        return bench;
    }

    public NegotiationDecision Do(NegotiationCommand command)
    {
        var decision = NegotiationMachine.Decide(State, command, LedgerTime.After(State.LastTime, Clock));
        if (decision.Event is { } @event)
        {
            State.Apply(@event);
            _events.Add(@event);
        }

        return decision;
    }

    public NegotiationRefusal? RefusalOf(NegotiationCommand command) => Do(command).Refusal;

    public void Wait(TimeSpan span) => Clock += span;

    public PerformAct Offer(Party by, ProposedOffer offer) =>
        Act(by, message => new MakeOffer(message, State.Id, State.Seq, offer));

    public PerformAct Offer(Party by, long unitPrice) => Offer(by, Some.Offer(unitPrice));

    /// <summary>An accept of the offer that stands now.</summary>
    public PerformAct Accept(Party by) => Act(
        by, message => new AcceptOffer(message, State.Id, State.Seq, State.Standing!.Number, State.Standing.Hash));

    public PerformAct Withdraw(Party by) =>
        Act(by, message => new WithdrawOffer(message, State.Id, State.Seq, State.Standing!.Number));

    public PerformAct Reject(Party by) =>
        Act(by, message => new RejectOffer(message, State.Id, State.Seq, State.Standing!.Number, ReasonCode.Price));

    public PerformAct Leave(Party by) =>
        Act(by, message => new LeaveNegotiation(message, State.Id, State.Seq, ReasonCode.FoundElsewhere));

    public PerformAct Join(Party by) => Act(by, message => new JoinNegotiation(message, State.Id, State.Seq));

    /// <summary>An accept of a part of the offer that stands now.</summary>
    public PerformAct Accept(Party by, long quantity) => Act(
        by, message => new AcceptOffer(
            message, State.Id, State.Seq, State.Standing!.Number, State.Standing.Hash, quantity));

    public PerformAct Inquire(Party by, string? text, string? issue = null) =>
        Act(by, message => new Inquire(message, State.Id, State.Seq, text, issue));

    public PerformAct Inform(Party by, string? text, params IssueValue[] values) =>
        Act(by, message => new Inform(message, State.Id, State.Seq, null, [.. values], text));

    /// <summary>An act under the next message id, by one of the two sides.</summary>
    public PerformAct Act(Party by, Func<MessageId, NegotiationAct> act)
    {
        var number = ++_messages;
        return new PerformAct(
            by == Party.Buyer ? Some.BuyerAgent : Some.SellerAgent,
            act(Some.Message(number, Clock)),
            Some.Digest(number),
            Evidence: null,
            VerifiedOffer: default);
    }
}
