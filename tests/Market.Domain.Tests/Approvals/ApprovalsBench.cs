using Market.Domain.Approvals;
using Market.Domain.Wire;
using Market.Testing;

namespace Market.Domain.Tests.Approvals;

/// <summary>One principal's approvals under test, at a clock that the test moves.</summary>
internal sealed class ApprovalsBench
{
    private int _messages = 5_000;

    public ApprovalsState State { get; } = new();

    public LedgerTime Clock { get; set; } = Some.Noon;

    public List<ApprovalEvent> Events { get; } = [];

    public ApprovalDecision Do(ApprovalCommand command)
    {
        var decision = ApprovalsMachine.Decide(State, command, LedgerTime.After(State.LastTime, Clock));
        if (decision.Event is { } @event)
        {
            var due = State.DueAfter(@event);
            State.Apply(@event);
            Assert.Equal(due, State.Due);
            Events.Add(@event);
        }

        return decision;
    }

    public AskForApproval Ask(int id = 1, ApprovalMatter? matter = null, TimeSpan? waitsFor = null) => new(
        Some.Message(id, Clock), Some.Digest(id), SomeApproval.Id(id), matter ?? SomeApproval.Matter(),
        SomeApproval.Names, waitsFor ?? TimeSpan.FromMinutes(5));

    public AnswerApproval Approve(int id = 1, TimeSpan? validFor = null, ApprovalMatter? matter = null)
    {
        var asked = matter ?? State.RecordOf(SomeApproval.Id(id))!.Matter;
        var now = LedgerTime.After(State.LastTime, Clock);
        var document = WireFormat.Encode(
            ApprovalDocument.Of(asked, now + (validFor ?? ApprovalLimits.DefaultValidity)));
        var message = ++_messages;
        return new AnswerApproval(
            Some.Message(message, Clock), Some.Digest(message), SomeApproval.Id(id), ApprovalAnswer.Approve, document,
            new byte[64]);
    }

    public AnswerApproval Deny(int id = 1)
    {
        var message = ++_messages;
        return new AnswerApproval(
            Some.Message(message, Clock), Some.Digest(message), SomeApproval.Id(id), ApprovalAnswer.Deny, default,
            default);
    }
}
