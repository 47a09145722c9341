using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// The agents as the directory registered them: dense numbers, one key each, whose hash is its thumbprint.
/// </summary>
internal sealed class AgentsAudit(AuditContext context)
{
    private readonly List<IReadOnlyList<AuditKey>> _keys = [];
    private readonly HashSet<Hash32> _thumbprints = [];
    private readonly Dictionary<string, PrincipalNumber> _principals = new(StringComparer.Ordinal);

    public void Take(AgentRegistered registered, StoredRow row)
    {
        var agent = registered;
        var findings = context.Findings;
        var thumbprint = Hash32.Of(agent.PublicKey);
        findings.Require(
            row, agent.Number.Value == _keys.Count + 1,
            $"It registers {agent.Number} where {_keys.Count + 1} is next.");
        findings.Require(
            row, agent.KeyThumbprint == thumbprint,
            $"Its key's thumbprint is {agent.KeyThumbprint} and should be {thumbprint}.");
        findings.Require(row, _thumbprints.Add(thumbprint), "Its key is another agent's already.");
        findings.Require(row, !context.Principals.IsTaken(thumbprint), "Its key is a principal's own.");

        var isNew = _principals.TryAdd(agent.PrincipalHandle, agent.Principal);
        findings.Require(
            row,
            registered.IsNewPrincipal == isNew && _principals[agent.PrincipalHandle] == agent.Principal
                && (!isNew || agent.Principal.Value == _principals.Count),
            $"Its principal {agent.Principal} does not fit those registered before.");
        _keys.Add([new AuditKey(thumbprint, agent.PublicKey)]);
    }

    /// <summary>Whether a key is an agent's.</summary>
    public bool IsTaken(Hash32 thumbprint) => _thumbprints.Contains(thumbprint);

    /// <summary>Whether an agent of a principal was registered so far.</summary>
    public bool HasPrincipal(PrincipalNumber principal) =>
        principal.Value >= 1 && principal.Value <= _principals.Count;

    /// <summary>An agent's key; null where no such agent was registered so far.</summary>
    public IReadOnlyList<AuditKey>? FindKey(AgentNumber agent) =>
        agent.Value >= 1 && agent.Value <= _keys.Count ? _keys[agent.Value - 1] : null;
}
