using Market.Domain;
using Market.Domain.Approvals;
using Market.Domain.Wire.Messages;

namespace Market.Client.Following;

/// <summary>Asks the agent's principal for approvals, and waits for its answers.</summary>
internal sealed class ApprovalDesk(NegotiationContext context)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Takes an event of the agent's: whoever waits looks again.</summary>
    public void Take(AgentEvent @event)
    {
        if (@event is not ApprovalEvent)
        {
            return;
        }

        TaskCompletionSource changed;
        lock (_gate)
        {
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.SetResult();
    }

    /// <summary>No event will come any more.</summary>
    public void End(Exception reason)
    {
        lock (_gate)
        {
            _changed.TrySetException(new MarketConnectionException($"The client has ended: {reason.Message}", reason)
            {
                IsFinal = true,
            });
            _ = _changed.Task.Exception; // seen, also where nobody waits
        }
    }

    /// <summary>
    /// Asks for an approval; one of the same terms that waits or holds already is the same. Or the refusal.
    /// </summary>
    public async Task<(ApprovalId? Id, Refused? Refused)> AskAsync(
        RequestApproval request, Hash256 terms, CancellationToken cancellationToken)
    {
        var answer = await context.Link.AskAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer is Refused { RefusalCode: RefusalCode.ApprovalAlreadyAsked })
        {
            var list = new ListApprovals(OnlyPending: false, CountMax: ApprovalLimits.PageMax);
            var known = await context.Link.AskAsync<ApprovalsListed>(list, cancellationToken).ConfigureAwait(false);
            var same = known.Approvals.FirstOrDefault(a => a.Matter.TermsHash == terms
                && a.Status is ApprovalStatus.Pending or ApprovalStatus.Granted);
            return (same?.Id, same is null ? (Refused)answer : null);
        }

        return answer switch
        {
            ApprovalAsked asked => (asked.Id, null),
            Refused refused => (null, refused),
            _ => throw new MarketConnectionException(
                $"A request for an approval is answered by {nameof(ApprovalAsked)}, and {answer.GetType().Name} came."),
        };
    }

    /// <summary>Waits until an approval is answered or its request has ended.</summary>
    /// <exception cref="MarketRefusedException">There is no such approval of this agent.</exception>
    public async Task<ApprovalRecord> WaitAsync(ApprovalId id, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
            }

            // Asked after the signal was taken, so that an event in between wakes this up again.
            var state = await context.Link.AskAsync<ApprovalState>(new GetApproval(id), cancellationToken)
                .ConfigureAwait(false);
            if (state.Approval.Status != ApprovalStatus.Pending)
            {
                return state.Approval;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Acts; where the mandate asks for an approval, asks the principal, waits for the answer, and acts again.
    /// </summary>
    /// <param name="act">Acts; done a second time after an approval, if the negotiation has not moved on.</param>
    /// <param name="ask">The request of what is needed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>
    /// What became of the act: also the first refusal, where the principal denies or does not answer.
    /// </returns>
    public async Task<ActResult> PerformAsync(
        Func<Task<ActResult>> act,
        Func<MessageId, ApprovalNeeded, RequestApproval> ask,
        CancellationToken cancellationToken)
    {
        var result = await act().ConfigureAwait(false);
        if (result.Refused?.Approval is not { } needed)
        {
            return result;
        }

        var (id, refused) = await AskAsync(
            ask(context.NewMessageId(), needed), needed.TermsHash, cancellationToken).ConfigureAwait(false);
        if (id is not { } asked)
        {
            return new ActResult(refused!);
        }

        var answered = await WaitAsync(asked, cancellationToken).ConfigureAwait(false);
        return answered.Status == ApprovalStatus.Granted ? await act().ConfigureAwait(false) : result;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
