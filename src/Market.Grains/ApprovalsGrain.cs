using Market.Domain;
using Market.Domain.Approvals;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;

namespace Market.Grains;

/// <summary>
/// The approvals of one principal. Its rows reach the agent that asked, and nobody else; the principal asks for them.
/// </summary>
public sealed class ApprovalsGrain : IGrain
{
    private readonly ApprovalsState _state = new();

    /// <inheritdoc/>
    public LedgerTime LastTime => _state.LastTime;

    /// <inheritdoc/>
    public void Apply(object @event) => _state.Apply((ApprovalEvent)@event);

    /// <inheritdoc/>
    public GrainStep Receive(object message, LedgerTime now) => message switch
    {
        AskForApproval ask => Step(
            ApprovalsMachine.Decide(_state, ask, now), done => new ApprovalAsked(done.Id, done.EndsAt)),
        AnswerApproval answer => Step(
            ApprovalsMachine.Decide(_state, answer, now),
            done => new ApprovalDecided(done.Id, done.Status, done.EndsAt)),
        DeadlineReached => Step(ApprovalsMachine.Decide(_state, EndApprovals.Instance, now), static _ => null),
        FindApprovalRequest query => new GrainStep(RequestOf(query)),
        FindGrantedApproval query => new GrainStep(
            _state.GrantedFor(query.Agent, query.TermsHash, now) as object
            ?? Refusals.Of(ApprovalRefusal.ApprovalUnknown)),
        QueryApprovals query => new GrainStep(ListOf(query)),
        QueryApproval query => new GrainStep(
            _state.RecordOf(query.Id) is { } record && (query.Asker is null || record.Matter.Agent == query.Asker)
                ? new ApprovalState(record)
                : Refusals.Of(ApprovalRefusal.ApprovalUnknown)),
        _ => throw new ArgumentException($"Approvals take no {message.GetType().Name}.", nameof(message)),
    };

    private GrainStep Step(ApprovalDecision decision, Func<ApprovalDecision, object?> answer)
    {
        var reply = decision.Refusal is { } refusal ? Refusals.Of(refusal) : answer(decision);
        return decision.Event is { } @event
            ? new GrainStep(reply, @event, _state.DueAfter(@event), new Audience(AgentOf(@event), AgentNumber.None))
            : new GrainStep(reply);
    }

    private AgentNumber AgentOf(ApprovalEvent @event) => @event is ApprovalRequested requested
        ? requested.Matter.Agent
        : _state.RecordOf(@event.Id)!.Matter.Agent;

    private object RequestOf(FindApprovalRequest query)
    {
        if (_state.RequestOf(query.Id) is not { } known)
        {
            return Refusals.Of(ApprovalRefusal.ApprovalUnknown);
        }

        return known.Digest == query.Digest
            ? new ApprovalAsked(query.Id, known.EndsAt)
            : Refusals.Of(ApprovalRefusal.ApprovalMessageIdReused);
    }

    private ApprovalsListed ListOf(QueryApprovals query)
    {
        var wanted = query.Query;
        var count = Math.Clamp(wanted.CountMax, 1, ApprovalLimits.PageMax);
        var page = _state.List(query.Asker, wanted.OnlyPending, wanted.After, count, out var hasMore);
        return new ApprovalsListed(page.ToValueArray(), hasMore);
    }
}
