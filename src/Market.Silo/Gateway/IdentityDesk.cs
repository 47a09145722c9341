using Market.Domain;
using Market.Domain.Admitting;
using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Silo.Hosting;

namespace Market.Silo.Gateway;

/// <summary>What agents and principals ask about agents' keys, policies and what a counterparty has declared.</summary>
/// <param name="cluster">The grains.</param>
/// <param name="verifier">Verifies signatures.</param>
/// <param name="leases">Of which agents signed acts are just being decided.</param>
/// <param name="sessionKeys">Ends the session keys of an agent whose key is taken back.</param>
internal sealed class IdentityDesk(
    IGrainCluster cluster, ActVerifier verifier, AgentKeyLeases leases, SessionKeyDesk sessionKeys)
{
    private const string DocumentRule =
        "Sign the wire form of an AgentKeyDocument under the purpose market.agent-key.v1.";

    /// <summary>Answers an agent.</summary>
    public ValueTask<object> AskAsync(Agent agent, object message) => message switch
    {
        SetAdmission set => cluster.AskAsync(
            GrainId.Directory, new SetAgentAdmission(agent.Number, set.Revision, set.Policy)),
        GetAdmission => cluster.AskAsync(GrainId.Directory, new FindAdmission(agent.Number)),
        GetCounterparty query => ShowAsync(agent, query),
        RevokeKey revoke => RevokeAsync(
            new KeyAsker(agent.Principal, agent.Number), revoke.Agent ?? agent.Number, revoke),
        _ => AskAsync(new KeyAsker(agent.Principal, agent.Number), message),
    };

    /// <summary>Answers a principal.</summary>
    public ValueTask<object> AskAsync(EnrolledPrincipal principal, object message)
    {
        var asker = new KeyAsker(principal.Number, AgentNumber.None);
        return message is RevokeKey revoke
            ? RevokeAsync(asker, revoke.Agent ?? AgentNumber.None, revoke)
            : AskAsync(asker, message);
    }

    private ValueTask<object> AskAsync(KeyAsker asker, object message) => message switch
    {
        RotateKey rotate => RotateAsync(asker, rotate),
        ListAgents list => cluster.AskAsync(
            GrainId.Directory, new FindAgentsOf(asker, list.After ?? AgentNumber.None)),
        _ => throw new ArgumentException($"No rule answers {message.GetType().Name}.", nameof(message)),
    };

    private async ValueTask<object> RotateAsync(KeyAsker asker, RotateKey rotate)
    {
        if (AgentKeyDocument.Read(rotate.Document.Span) is not { } document || !IsKey(document.PublicKey))
        {
            return Refusals.Of(AgentKeyRefusal.AgentKeyDocumentIsInvalid, DocumentRule);
        }

        if (!await IsForAsync(asker, document.Agent).ConfigureAwait(false))
        {
            return Refusals.Of(AgentKeyRefusal.AgentUnknown);
        }

        if (!verifier.VerifyAgentKey(document.PublicKey, rotate.Document, rotate.Proof))
        {
            return Refusals.Of(AgentKeyRefusal.AgentKeyProofIsWrong, DocumentRule);
        }

        // Alone, so that where there is no overlap nothing that the old key signed is recorded after its end.
        return await leases.AloneAsync(document.Agent, async () =>
        {
            var found = (AgentKeysFound)await cluster.AskAsync(GrainId.Directory, new FindAgentKeys(document.Agent))
                .ConfigureAwait(false);
            var authorizedBy = found.Keys.Select(static key => key.PublicKey).Concat(found.Principal)
                .Where(key => verifier.VerifyAgentKey(key, rotate.Document, rotate.Authorization))
                .Select(static key => Hash256.Of(key.Span))
                .FirstOrDefault();
            return authorizedBy == Hash256.Zero
                ? Refusals.Of(AgentKeyRefusal.AgentKeyNotAuthorized, DocumentRule)
                : await cluster.AskAsync(
                    GrainId.Directory,
                    new EnrolAgentKey(rotate.Document, rotate.Proof, rotate.Authorization, authorizedBy))
                    .ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Revokes a key while nothing that its agent has signed, by any key, is being decided.</summary>
    private async ValueTask<object> RevokeAsync(KeyAsker asker, AgentNumber number, RevokeKey revoke)
    {
        if (await FindAsync(number).ConfigureAwait(false) is not { } agent || agent.Principal != asker.Principal)
        {
            return Refusals.Of(AgentKeyRefusal.AgentUnknown);
        }

        object answer = Refusals.Of(AgentKeyRefusal.AgentUnknown);
        await sessionKeys.EndAllAsync(agent, () => leases.AloneAsync(number, async () =>
        {
            answer = await cluster.AskAsync(
                GrainId.Directory, new RevokeAgentKey(asker, number, revoke.Key, revoke.Reason)).ConfigureAwait(false);
            return answer is AgentKeyRecorded;
        })).ConfigureAwait(false);
        return answer;
    }

    private async ValueTask<object> ShowAsync(Agent agent, GetCounterparty query)
    {
        var answer = await cluster.AskAsync(GrainId.Of(query.Negotiation), new GetOwnPart(agent.Number))
            .ConfigureAwait(false);
        if (answer is not OwnPart part)
        {
            return answer is GrainNotFound
                ? Refusals.Of(Domain.Negotiating.NegotiationRefusal.NegotiationNotFound)
                : answer;
        }

        var profile = (await FindAsync(part.Counterparty).ConfigureAwait(false))!.Profile;
        var said = profile.Disclosure;
        return new CounterpartyShown(
            profile.Name, said.Operator, said.Model, said.Version, said.DeclaredAi, profile.Principal);
    }

    private async ValueTask<bool> IsForAsync(KeyAsker asker, AgentNumber agent) =>
        agent == asker.Agent
        || (await FindAsync(agent).ConfigureAwait(false))?.Principal == asker.Principal;

    private async ValueTask<Agent?> FindAsync(AgentNumber number) =>
        (await cluster.AskAsync(GrainId.Directory, new FindAgent(number)).ConfigureAwait(false) as AgentFound)?.Agent;

    private static bool IsKey(ReadOnlyMemory<byte> publicKey)
    {
        using var key = PublicKeys.Import(publicKey.Span);
        return key is not null;
    }
}
