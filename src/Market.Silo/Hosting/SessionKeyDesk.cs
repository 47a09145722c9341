using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Hosting;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Silo.Gateway;
using Market.Silo.Keys;

namespace Market.Silo.Hosting;

/// <summary>What agents ask about session keys, which the market makes and holds for them.</summary>
/// <param name="cluster">The grains.</param>
/// <param name="files">The private halves.</param>
/// <param name="leases">Who uses which key.</param>
/// <param name="closer">Ends the hostings of a key that is taken back.</param>
/// <param name="options">The market and its clock.</param>
internal sealed class SessionKeyDesk(
    IGrainCluster cluster,
    SessionKeyFiles files,
    SessionKeyLeases leases,
    HostingCloser closer,
    GatewayOptions options)
{
    /// <summary>Keys held for an agent: those that sign, and as many that are not enrolled yet.</summary>
    private const int HeldMax = 2 * HostingLimits.SessionKeysMax;

    /// <summary>Answers an agent.</summary>
    public ValueTask<object> AskAsync(Agent agent, AgentRequest request) => request.Message switch
    {
        MakeSessionKey make => MakeAsync(agent, make),
        EnrolSessionKey enrol => EnrolAsync(agent, request, enrol),
        RevokeSessionKey revoke => RevokeAsync(agent, revoke),
        _ => throw new ArgumentException($"No rule answers {request.Message?.GetType().Name}.", nameof(request)),
    };

    /// <summary>An agent's enrolled key, ended or not; null where it has none of that id.</summary>
    public async ValueTask<SessionKeyEntry?> FindAsync(AgentNumber agent, SessionKeyId key)
    {
        var answer = await cluster.AskAsync(GrainId.Directory, new FindSessionKeys(agent, key)).ConfigureAwait(false);
        return answer is SessionKeysFound { Keys: [var found] } ? found : null;
    }

    private async ValueTask<object> MakeAsync(Agent agent, MakeSessionKey make)
    {
        if (MessageIds.Refuse(make.Message, options.Now) is not null)
        {
            return Refusals.Of(HostingRefusal.MessageIdOutsideWindow);
        }

        var id = new SessionKeyId(
            MessageIds.Derive("session-key", options.Market, agent.Number, make.Message));
        var answer = await cluster.AskAsync(GrainId.Directory, new FindSessionKeys(agent.Number)).ConfigureAwait(false);
        var enrolled = ((SessionKeysFound)answer).Keys.ToDictionary(static entry => entry.Key.Id);
        Tidy(agent.Number, enrolled);
        var held = files.Of(agent.Number);
        return held.Contains(id) ? new SessionKeyMade(id, files.GetOrMake(agent.Number, id))
            : enrolled.ContainsKey(id) ? Refusals.Of(HostingRefusal.SessionKeyIsRevoked)
            : held.Count >= HeldMax ? Refusals.Of(HostingRefusal.TooManySessionKeys)
            : new SessionKeyMade(id, files.GetOrMake(agent.Number, id));
    }

    /// <summary>Lets go of keys that sign no more, and of those that nobody enrolled in time.</summary>
    private void Tidy(AgentNumber agent, Dictionary<SessionKeyId, SessionKeyEntry> enrolled)
    {
        var now = options.Now;
        foreach (var held in files.Of(agent))
        {
            var isOver = enrolled.TryGetValue(held, out var entry)
                ? !entry.IsLiveAt(now)
                : now - MessageIds.TimeOf(new MessageId(held.Value)) > MarketLimits.MessageIdWindow;
            if (isOver)
            {
                files.Delete(agent, held);
            }
        }
    }

    private async ValueTask<object> EnrolAsync(Agent agent, AgentRequest request, EnrolSessionKey enrol)
    {
        if (request.EvidenceOf(agent.Number) is not { } evidence)
        {
            return Refusals.Of(HostingRefusal.EnrolmentNotSigned, "Send it inside SignedAct.");
        }

        var isKnown = await FindAsync(agent.Number, enrol.Key).ConfigureAwait(false) is not null;
        if (!isKnown && await RefuseAsync(agent, enrol).ConfigureAwait(false) is { } refused)
        {
            return refused;
        }

        return await cluster.AskAsync(
            GrainId.Directory, new EnrolSessionKeyCommand(agent.Number, enrol, request.Digest, evidence))
            .ConfigureAwait(false);
    }

    private async ValueTask<object?> RefuseAsync(Agent agent, EnrolSessionKey enrol)
    {
        if (!files.Of(agent.Number).Contains(enrol.Key))
        {
            return Refusals.Of(HostingRefusal.SessionKeyUnknown, "Have it made by MakeSessionKey first.");
        }

        if (!files.GetOrMake(agent.Number, enrol.Key).AsSpan().SequenceEqual(enrol.PublicKey.Span))
        {
            return Refusals.Of(HostingRefusal.SessionKeyDiffers);
        }

        var query = new GetMandateOf(enrol.Mandate, agent.Principal);
        return await cluster.AskAsync(GrainId.Ledger, query).ConfigureAwait(false) switch
        {
            MandateState state when state.Mandate.Agent == agent.Number => null,
            MandateState => new LedgerRefused(LedgerRefusal.MandateOfAnotherAgent),
            var refused => refused,
        };
    }

    /// <summary>Ends an agent's session keys while nobody uses them, by what revokes a key of the agent.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="revoke">Revokes the agent's key; true where it is revoked.</param>
    public async ValueTask<bool> EndAllAsync(Agent agent, Func<ValueTask<bool>> revoke)
    {
        var answer = await cluster.AskAsync(GrainId.Directory, new FindSessionKeys(agent.Number)).ConfigureAwait(false);
        var live = ((SessionKeysFound)answer).Keys.Where(entry => entry.IsLiveAt(options.Now)).Select(e => e.Key.Id);
        var action = revoke;
        foreach (var key in live)
        {
            var inner = action;
            action = () => leases.AloneAsync(key, inner);
        }

        if (!await action().ConfigureAwait(false))
        {
            return false;
        }

        answer = await cluster.AskAsync(GrainId.Directory, new FindSessionKeys(agent.Number)).ConfigureAwait(false);
        var ended = ((SessionKeysFound)answer).Keys.Where(static entry => entry.RevokedAt is not null)
            .Select(static entry => entry.Key.Id).ToHashSet();
        foreach (var key in ended)
        {
            files.Delete(agent.Number, key);
        }

        foreach (var hosting in await closer.RunningAsync(agent).ConfigureAwait(false))
        {
            if (ended.Contains(hosting.Plan.SessionKey))
            {
                await closer.EndAsync(agent, hosting.Id, HostingEnd.SessionKeyRevoked).ConfigureAwait(false);
            }
        }

        return true;
    }

    private async ValueTask<object> RevokeAsync(Agent agent, RevokeSessionKey revoke)
    {
        if (await FindAsync(agent.Number, revoke.Key).ConfigureAwait(false) is null)
        {
            return Refusals.Of(HostingRefusal.SessionKeyUnknown);
        }

        var answer = await leases.AloneAsync(revoke.Key, () => cluster.AskAsync(
            GrainId.Directory, new RevokeSessionKeyCommand(agent.Number, revoke.Key))).ConfigureAwait(false);
        if (answer is SessionKeyRecorded)
        {
            files.Delete(agent.Number, revoke.Key);
            foreach (var hosting in await closer.RunningAsync(agent).ConfigureAwait(false))
            {
                if (hosting.Plan.SessionKey == revoke.Key)
                {
                    await closer.EndAsync(agent, hosting.Id, HostingEnd.SessionKeyRevoked).ConfigureAwait(false);
                }
            }
        }

        return answer;
    }
}
