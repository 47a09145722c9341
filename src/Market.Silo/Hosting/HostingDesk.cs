using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Hosting;
using Market.Domain.Listings;
using Market.Domain.Mandates;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Grains.Searching;
using Market.Silo.Gateway;
using Market.Silo.Keys;

namespace Market.Silo.Hosting;

/// <summary>
/// What agents ask about hosted strategies. The utility goes into the private table before anything is journalled, and
/// a refusal takes it out again; nothing else of the market ever has it.
/// </summary>
/// <param name="cluster">The grains.</param>
/// <param name="catalog">The listings.</param>
/// <param name="keys">The session keys.</param>
/// <param name="table">What agents left in confidence.</param>
/// <param name="closer">Ends hostings.</param>
/// <param name="options">The market and its clock.</param>
internal sealed class HostingDesk(
    IGrainCluster cluster,
    ICatalog catalog,
    SessionKeyDesk keys,
    IPrivateTable table,
    HostingCloser closer,
    GatewayOptions options)
{
    private static readonly ValueArray<OrderLine> SmallestOrder = [new OrderLine(0, 1)];

    /// <summary>Answers an agent.</summary>
    public async ValueTask<object> AskAsync(Agent agent, object message) => message switch
    {
        HostStrategy host => await HostAsync(agent, host).ConfigureAwait(false),
        StopHosting stop => await closer.EndAsync(agent, stop.Hosting, HostingEnd.Stopped).ConfigureAwait(false),
        GetHosting => await closer.ShowAsync(agent).ConfigureAwait(false),
        _ => throw new ArgumentException($"No rule answers {message.GetType().Name}.", nameof(message)),
    };

    private async ValueTask<object> HostAsync(Agent agent, HostStrategy host)
    {
        var id = new HostingId(MessageIds.Derive("hosting", options.Market, agent.Number, host.Message));
        var known = (await closer.ShowAsync(agent).ConfigureAwait(false)).Hostings
            .FirstOrDefault(hosting => hosting.Id == id);
        if (known is null && await RefuseAsync(agent, host).ConfigureAwait(false) is { } refused)
        {
            return refused;
        }

        // A retry finds what was stored; of a hosting that has ended nothing is left to compare with.
        var limits = PrivateLimits.Make(host.Utility, RandomNumberGenerator.GetBytes(PrivateLimits.SaltBytes));
        if (known is not { End: not null })
        {
            limits = PrivateLimits.Read(table.Put(agent.Number, id, limits.ToRecord()));
            if (limits is null || !limits.IsOf(host.Utility))
            {
                return Refusals.Of(HostingRefusal.MessageIdReused);
            }
        }

        var start = new StartHosting(agent.Number, id, PlanOf(agent, host), limits.Commitment());
        var answer = await cluster.AskAsync(HostingCloser.GrainOf(agent), start).ConfigureAwait(false);
        var running = await closer.RunningAsync(agent).ConfigureAwait(false);
        if (!running.Any(hosting => hosting.Id == id))
        {
            table.Erase(agent.Number, id);
        }

        return answer;
    }

    private async ValueTask<object?> RefuseAsync(Agent agent, HostStrategy host) =>
        RefuseFields(host)
        ?? await RefuseKeyAsync(agent, host).ConfigureAwait(false)
        ?? await RefuseMandateAsync(agent, host).ConfigureAwait(false)
        ?? await RefuseListingsAsync(host).ConfigureAwait(false)
        ?? await RefuseNegotiationsAsync(agent, host).ConfigureAwait(false);

    private static HostingPlan PlanOf(Agent agent, HostStrategy host) => new(
        host.Message,
        agent.Profile.Role == AgentRole.Buyer ? Party.Buyer : Party.Seller,
        host.Strategy,
        host.Mandate,
        host.SessionKey,
        host.Listings,
        host.Negotiations,
        host.Request);

    private Refused? RefuseFields(HostStrategy host)
    {
        if (MessageIds.Refuse(host.Message, options.Now) is not null)
        {
            return Refusals.Of(HostingRefusal.MessageIdOutsideWindow);
        }

        return Of(HostingRules.RefuseStrategy(host.Strategy) ?? HostingRules.RefuseNumbers(host.Utility));
    }

    private async ValueTask<Refused?> RefuseKeyAsync(Agent agent, HostStrategy host)
    {
        var key = await keys.FindAsync(agent.Number, host.SessionKey).ConfigureAwait(false);
        var refusal =
            key is null ? HostingRefusal.SessionKeyUnknown
            : key.RevokedAt is not null ? HostingRefusal.SessionKeyIsRevoked
            : !key.IsLiveAt(options.Now) ? HostingRefusal.SessionKeyHasExpired
            : key.Key.Mandate != host.Mandate ? HostingRefusal.SessionKeyOfAnotherMandate
            : (HostingRefusal?)null;
        return refusal is { } reason ? Refusals.Of(reason) : null;
    }

    private async ValueTask<object?> RefuseMandateAsync(Agent agent, HostStrategy host)
    {
        var query = new GetMandateOf(host.Mandate, agent.Principal);
        return await cluster.AskAsync(GrainId.Ledger, query).ConfigureAwait(false) switch
        {
            MandateState { Status: MandateStatus.Suspended } => new LedgerRefused(LedgerRefusal.MandateSuspended),
            MandateState { Status: MandateStatus.Revoked } => new LedgerRefused(LedgerRefusal.MandateRevoked),
            MandateState state when state.Mandate.Agent != agent.Number =>
                new LedgerRefused(LedgerRefusal.MandateOfAnotherAgent),
            MandateState => null,
            var refused => refused,
        };
    }

    private async ValueTask<Refused?> RefuseListingsAsync(HostStrategy host)
    {
        foreach (var id in host.Listings.Take(HostingLimits.SubjectsMax))
        {
            if (await catalog.FindAsync(id).ConfigureAwait(false) is not { } listing)
            {
                return Refusals.Of(HostingRefusal.SubjectNotFound);
            }

            var agenda = ListingRules.SubjectOf(listing, SmallestOrder, request: null).Agenda;
            if (Of(HostingRules.RefuseFor(host.Utility, agenda)) is { } refused)
            {
                return refused;
            }
        }

        return null;
    }

    private async ValueTask<object?> RefuseNegotiationsAsync(Agent agent, HostStrategy host)
    {
        foreach (var id in host.Negotiations.Take(HostingLimits.SubjectsMax))
        {
            var answer = await cluster.AskAsync(GrainId.Of(id), new GetOwnPart(agent.Number)).ConfigureAwait(false);
            if (answer is not OwnPart part)
            {
                return Refusals.Of(HostingRefusal.SubjectNotFound);
            }

            if (part.Mandate != host.Mandate)
            {
                return Refusals.Of(HostingRefusal.SubjectUnderAnotherMandate);
            }

            if (Of(HostingRules.RefuseFor(host.Utility, part.Subject.Agenda)) is { } refused)
            {
                return refused;
            }
        }

        return null;
    }

    private static Refused? Of(HostingFinding? finding) =>
        finding is null ? null : Refusals.Of(finding.Refusal, finding.Detail);
}
