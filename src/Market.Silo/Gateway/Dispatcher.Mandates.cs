using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Mandates;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;

namespace Market.Silo.Gateway;

/// <content>Mandates that an agent's principal, which registered with it, grants to it and takes back.</content>
internal sealed partial class Dispatcher
{
    private static readonly TimeSpan MandateValidityMax = TimeSpan.FromDays(3_650);

    private async ValueTask<object> GrantAsync(Agent agent, GrantOwnMandate grant)
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

        var mandate = MandateOf(agent, grant, startsIn);
        var answer = await cluster.AskAsync(GrainId.Ledger, new GrantMandate(mandate)).ConfigureAwait(false);
        return answer switch
        {
            LedgerDone done => new Domain.Wire.Messages.MandateGranted(mandate.Id, done.Entry.Value),
            LedgerRefused { Reason: LedgerRefusal.MandateExistsWithDifferentTerms } =>
                Refusals.Of(NegotiationRefusal.MessageIdReused),
            _ => answer,
        };
    }

    private Mandate MandateOf(Agent agent, GrantOwnMandate grant, TimeSpan startsIn)
    {
        // Its times come from the act's own, so that a retry grants the same mandate; one that holds at once begins as
        // much earlier as the client's clock may be ahead.
        var at = MessageIds.TimeOf(grant.Message) + startsIn;
        return new Mandate(
            new MandateId(Derive("mandate", agent, grant.Message)),
            agent.Principal,
            grant.Agent ?? agent.Number,
            grant.Currency,
            grant.PerDealMaxMinor,
            grant.BudgetMaxMinor,
            startsIn == TimeSpan.Zero ? at + -MarketLimits.MessageIdSkewMax : at,
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
