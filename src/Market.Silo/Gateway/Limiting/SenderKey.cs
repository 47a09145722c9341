using Market.Domain;
using Market.Domain.Enrolling;

namespace Market.Silo.Gateway.Limiting;

/// <summary>
/// Who sends, as far as limits go: an agent with all its connections, a principal's own key, or a key that is nobody's
/// yet.
/// </summary>
/// <param name="Agent">The agent, or nobody.</param>
/// <param name="Principal">The principal of a principal's key, or nobody.</param>
/// <param name="Key">Thumbprint of a key that is nobody's yet, or zero.</param>
internal readonly record struct SenderKey(AgentNumber Agent, PrincipalNumber Principal, Hash256 Key)
{
    /// <summary>The sender of a session that has proved a key.</summary>
    public static SenderKey Of(Agent? agent, EnrolledPrincipal? principal, ReadOnlyMemory<byte> publicKey) =>
        agent is not null ? new SenderKey(agent.Number, default, default)
        : principal is not null ? new SenderKey(default, principal.Number, default)
        : new SenderKey(default, default, Hash256.Of(publicKey.Span));
}
