using Market.Domain;
using Market.Domain.Admitting;
using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;

namespace Market.Silo.Gateway;

/// <content>
/// Signed acts: verified once, here, before they are routed. While one is decided, no key of its agent can be taken
/// back; so in the journal nothing that a key signed comes after its revocation.
/// </content>
internal sealed partial class Dispatcher
{
    /// <summary>Whether an agent's principal has a key of its own.</summary>
    public bool HasOwnKey(Agent agent) => Directory?.HasOwnKey(agent.Principal) ?? false;

    private async ValueTask<object> AskSignedAsync(Agent agent, AgentRequest request)
    {
        await AgentKeys.EnterAsync(agent.Number).ConfigureAwait(false);
        try
        {
            var verdict = await verifier.JudgeAsync(request.EvidenceOf(agent.Number)!).ConfigureAwait(false);
            return verdict switch
            {
                SignatureVerdict.Good => await RouteAsync(agent, request).ConfigureAwait(false),
                SignatureVerdict.OfRevokedKey => Refusals.Of(AgentKeyRefusal.KeyRevoked),
                SignatureVerdict.OfEndedKey => Refusals.Of(AgentKeyRefusal.KeyHasEnded),
                _ => Refusals.Of(GatewayRefusal.SignatureIsWrong),
            };
        }
        finally
        {
            AgentKeys.Exit(agent.Number);
        }
    }

    /// <summary>Why an agent does not deal with another one by its own policy, or null.</summary>
    private Refused? RefusalBy(AgentNumber owner, Agent applicant) =>
        Directory?.PolicyOf(owner) is { } policy
            && AdmissionRules.Decide(policy, applicant.Profile, HasOwnKey(applicant)) is { } rule
            ? Refusals.Of(rule, "It is a rule of the agent that you would deal with.")
            : null;
}
