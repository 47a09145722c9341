using Market.Domain;
using Market.Domain.Admitting;
using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;

namespace Market.Grains;

/// <summary>The directory's steps about agents' keys and policies.</summary>
internal static class IdentitySteps
{
    private const int PageMax = 32;

    /// <summary>What follows from a word about an agent's key.</summary>
    public static GrainStep Of(AgentKeyDecision decision) => decision.Refusal is { } refusal
        ? new GrainStep(Refusals.Of(refusal))
        : new GrainStep(
            new AgentKeyRecorded(
                decision.Agent,
                decision.Key!.Thumbprint,
                decision.Key.EndedAt ?? decision.Key.From,
                decision.Key.IsLive),
            decision.Event);

    /// <summary>What follows from a policy that an agent sets.</summary>
    public static GrainStep Of(AdmissionSetting setting, SetAgentAdmission command) => setting.Refusal is { } refusal
        ? new GrainStep(Refusals.Of(refusal))
        : new GrainStep(new AdmissionRecorded(command.Revision, setting.At), setting.Event);

    /// <summary>An agent's policy.</summary>
    public static GrainStep Find(AdmissionBook book, FindAdmission query)
    {
        var set = book.Find(query.Agent);
        return new GrainStep(new AdmissionState(set?.Revision ?? 0, set?.Policy));
    }

    /// <summary>An agent's keys.</summary>
    public static GrainStep Find(DirectoryState state, FindAgentKeys query) => new(new AgentKeysFound(
        state.AgentKeys.Of(query.Agent).ToValueArray(),
        state.Find(query.Agent) is { } agent
            ? AgentKeyRules.KeysOf(state, agent.Principal).ToValueArray()
            : default));

    /// <summary>The agents that a session may see: its own, or all of its principal where it speaks for that.</summary>
    public static GrainStep Find(DirectoryState state, FindAgentsOf query)
    {
        var agents = state.AgentsOf(query.Asker.Principal)
            .Where(agent => agent.Number == query.Asker.Agent || AgentKeyRules.IsPrincipal(state, query.Asker, agent))
            .Where(agent => agent.Number.Value > query.After.Value)
            .Take(PageMax + 1)
            .ToList();
        return new GrainStep(new AgentsListed(
            agents.Take(PageMax).Select(agent => ListOf(state, agent)).ToValueArray(), agents.Count > PageMax));
    }

    private static AgentListed ListOf(DirectoryState state, Agent agent) => new(
        agent.Number,
        agent.Profile,
        state.AgentKeys.Of(agent.Number).Where(static key => key.IsLive)
            .Select(static key => new AgentKeyListed(key.Thumbprint, key.From, key.EndsAt)).ToValueArray());
}
