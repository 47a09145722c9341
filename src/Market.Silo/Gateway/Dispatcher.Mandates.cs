using Market.Domain;
using Market.Domain.Approvals;
using Market.Domain.Enrolling;
using Market.Domain.Mandates;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Hosting;

namespace Market.Silo.Gateway;

/// <content>
/// Mandates. Their principal grants and resumes them: in a session of its own key, or, where an agent is its own
/// principal, in that agent's. An agent may narrow what it was given, and give it up.
/// </content>
internal sealed partial class Dispatcher
{
    private static readonly TimeSpan MandateValidityMax = TimeSpan.FromDays(3_650);

    private const string PrincipalGrants =
        "The principal grants and resumes with its own key; an agent may delegate from its own mandates and stop them.";

    private async ValueTask<object> GrantAsync(Agent agent, GrantOwnMandate grant)
    {
        if (!IsOwnPrincipal(agent) && !await IsOwnAsync(agent, grant.Parent).ConfigureAwait(false))
        {
            return grant.Parent is null
                ? Refusals.Of(ApprovalRefusal.OnlyForPrincipals, PrincipalGrants)
                : new LedgerRefused(LedgerRefusal.MandateUnknown);
        }

        var parent = await ParentOfAsync(grant, agent.Principal).ConfigureAwait(false);
        return parent is null or MandateState
            ? await GrantAsync(
                grant, new MandateId(Derive("mandate", agent, grant.Message)), agent.Principal,
                grant.Agent ?? agent.Number, (parent as MandateState)?.Mandate).ConfigureAwait(false)
            : parent;
    }

    /// <summary>Grants as a principal; its agent has to be named, and is the principal's.</summary>
    private async ValueTask<object> GrantAsync(EnrolledPrincipal principal, GrantOwnMandate grant)
    {
        var parent = await ParentOfAsync(grant, principal.Number).ConfigureAwait(false);
        if (parent is not (null or MandateState))
        {
            return parent;
        }

        if (grant.Agent is not { } named
            || await cluster.AskAsync(GrainId.Directory, new FindAgent(named)).ConfigureAwait(false)
                is not AgentFound { Agent: { } agent }
            || agent.Principal != principal.Number)
        {
            return Refusals.Of(AgentKeyRefusal.AgentUnknown, "Name one of your agents.");
        }

        // Agents derive with their own number, so no agent's message makes the id of a principal's.
        var id = MessageIds.Derive(
            $"mandate of {principal.Number.Value}", options.Market, AgentNumber.None, grant.Message);
        return await GrantAsync(grant, new MandateId(id), principal.Number, named, (parent as MandateState)?.Mandate)
            .ConfigureAwait(false);
    }

    /// <summary>The mandate that one is delegated from, null for none, or why that principal has no such.</summary>
    private async ValueTask<object?> ParentOfAsync(GrantOwnMandate grant, PrincipalNumber principal) =>
        grant.Parent is { } parent
            ? await cluster.AskAsync(GrainId.Ledger, new GetMandateOf(parent, principal)).ConfigureAwait(false)
            : null;

    private async ValueTask<object> ResumeAsync(Agent agent, ResumeOwnMandate resume)
    {
        if (IsOwnPrincipal(agent))
        {
            return await ResumeAsync(agent.Principal, resume).ConfigureAwait(false);
        }

        // Of another principal's mandate it is said that there is none, as of any other.
        var answer = await cluster.AskAsync(GrainId.Ledger, new GetMandateOf(resume.Mandate, agent.Principal))
            .ConfigureAwait(false);
        return answer is MandateState ? Refusals.Of(ApprovalRefusal.OnlyForPrincipals, PrincipalGrants) : answer;
    }

    private ValueTask<object> ResumeAsync(PrincipalNumber principal, ResumeOwnMandate resume) => ChangeAsync(
        new ResumeMandate(resume.Mandate, principal, resume.Revision), resume.Mandate, resume.Revision);

    private async ValueTask<object> SuspendAsync(Agent agent, SuspendOwnMandate suspend) =>
        await MayStopAsync(agent, suspend.Mandate).ConfigureAwait(false)
            ? await SuspendAsync(agent.Principal, suspend).ConfigureAwait(false)
            : new LedgerRefused(LedgerRefusal.MandateUnknown);

    private ValueTask<object> SuspendAsync(PrincipalNumber principal, SuspendOwnMandate suspend) => ChangeAsync(
        new SuspendMandate(suspend.Mandate, principal, suspend.Revision), suspend.Mandate, suspend.Revision);

    private async ValueTask<object> RevokeAsync(Agent agent, RevokeOwnMandate revoke) =>
        await MayStopAsync(agent, revoke.Mandate).ConfigureAwait(false)
            ? await RevokeAsync(agent.Principal, revoke).ConfigureAwait(false)
            : new LedgerRefused(LedgerRefusal.MandateUnknown);

    private bool IsOwnPrincipal(Agent agent) => Directory?.IsOwnPrincipal(agent) ?? true;

    private async ValueTask<bool> MayStopAsync(Agent agent, MandateId mandate) =>
        IsOwnPrincipal(agent) || await IsOwnAsync(agent, mandate).ConfigureAwait(false);

    /// <summary>Whether a mandate is an agent's, or was delegated from one that is.</summary>
    private async ValueTask<bool> IsOwnAsync(Agent agent, MandateId? mandate)
    {
        // Each is delegated from an older one, so that this ends.
        while (mandate is { } id)
        {
            if (await cluster.AskAsync(GrainId.Ledger, new GetMandateOf(id, agent.Principal)).ConfigureAwait(false)
                is not MandateState { Mandate: var found })
            {
                return false;
            }

            if (found.Agent == agent.Number)
            {
                return true;
            }

            mandate = found.Parent;
        }

        return false;
    }

    private async ValueTask<object> GrantAsync(
        GrantOwnMandate grant, MandateId id, PrincipalNumber principal, AgentNumber agent, Mandate? parent)
    {
        if (MessageIds.Refuse(grant.Message, options.Now) is { } refusedId)
        {
            return Refusals.Of(refusedId);
        }

        var startsIn = grant.StartsIn ?? TimeSpan.Zero;
        if (grant.ValidFor <= TimeSpan.Zero || grant.ValidFor > MandateValidityMax
            || startsIn < TimeSpan.Zero || startsIn > MandateValidityMax)
        {
            return Refusals.Of(
                LedgerRefusal.MandateMalformed,
                $"It begins and ends within {MandateValidityMax.Days} days, and holds for more than no time.");
        }

        var mandate = MandateOf(id, principal, agent, grant, startsIn, parent);
        var answer = await cluster.AskAsync(GrainId.Ledger, new GrantMandate(mandate)).ConfigureAwait(false);
        return answer switch
        {
            LedgerDone done => new Domain.Wire.Messages.MandateGranted(mandate.Id, done.Entry.Value),
            LedgerRefused { Reason: LedgerRefusal.MandateExistsWithDifferentTerms } =>
                Refusals.Of(NegotiationRefusal.MessageIdReused),
            _ => answer,
        };
    }

    private static Mandate MandateOf(
        MandateId id, PrincipalNumber principal, AgentNumber agent, GrantOwnMandate grant, TimeSpan startsIn,
        Mandate? parent)
    {
        // Its times come from the act's own, so that a retry grants the same mandate; one that holds at once begins as
        // much earlier as the client's clock may be ahead, and with the one that it is delegated from at the earliest:
        // whoever granted that may have had another clock.
        var at = MessageIds.TimeOf(grant.Message) + startsIn;
        var start = startsIn == TimeSpan.Zero ? at + -MarketLimits.MessageIdSkewMax : at;
        if (startsIn == TimeSpan.Zero && parent is not null && parent.NotBefore > start)
        {
            start = parent.NotBefore;
        }

        return new Mandate(
            id,
            principal,
            agent,
            grant.Currency,
            grant.PerDealMaxMinor,
            grant.BudgetMaxMinor,
            start,
            at + grant.ValidFor,
            grant.Window,
            grant.Actions,
            grant.Categories,
            grant.CounterpartiesAllowed,
            grant.CounterpartiesDenied,
            grant.OpenHoldsMax,
            grant.DealsMax,
            grant.ApprovalAboveMinor,
            grant.Parent,
            grant.DelegationDepthMax);
    }

    private async ValueTask<object> ChangeAsync(LedgerCommand command, MandateId mandate, int revision)
    {
        var answer = await cluster.AskAsync(GrainId.Ledger, command).ConfigureAwait(false);
        return answer is LedgerDone done ? new MandateChanged(mandate, revision + 1, done.Entry.Value) : answer;
    }

    private async ValueTask<object> RevokeAsync(PrincipalNumber principal, RevokeOwnMandate revoke)
    {
        var command = new RevokeMandate(revoke.Mandate, principal);
        var answer = await cluster.AskAsync(GrainId.Ledger, command).ConfigureAwait(false);
        return answer is LedgerDone done ? new LedgerRecorded(done.Entry.Value) : answer;
    }
}
