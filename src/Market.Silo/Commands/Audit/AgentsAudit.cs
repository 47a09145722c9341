using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// The agents as the directory registered them: dense numbers, a first key each, whose hash is its thumbprint, and
/// the word of the principal that they act for.
/// </summary>
internal sealed class AgentsAudit(AuditContext context)
{
    private readonly List<PrincipalNumber> _agents = [];
    private readonly Dictionary<string, PrincipalNumber> _principals = new(StringComparer.Ordinal);
    private readonly Dictionary<PrincipalNumber, AgentNumber> _founders = [];

    public void Take(AgentRegistered registered, StoredRow row)
    {
        var agent = registered;
        var findings = context.Findings;
        var thumbprint = Hash32.Of(agent.PublicKey);
        findings.Require(
            row, agent.Number.Value == _agents.Count + 1,
            $"It registers {agent.Number} where {_agents.Count + 1} is next.");
        findings.Require(
            row, agent.KeyThumbprint == thumbprint,
            $"Its key's thumbprint is {agent.KeyThumbprint} and should be {thumbprint}.");
        findings.Require(row, !context.Principals.IsTaken(thumbprint), "Its key is a principal's own.");

        var isNew = _principals.TryAdd(agent.PrincipalHandle, agent.Principal);
        findings.Require(
            row,
            registered.IsNewPrincipal == isNew && _principals[agent.PrincipalHandle] == agent.Principal
                && (!isNew || agent.Principal.Value == _principals.Count),
            $"Its principal {agent.Principal} does not fit those registered before.");
        if (agent.Enrolment is { } enrolment)
        {
            Check(agent, enrolment, isNew, thumbprint, row);
        }
        else
        {
            findings.Require(row, isNew, "No enrolment says that its principal wants it.");
        }

        _agents.Add(agent.Principal);
        _founders.TryAdd(agent.Principal, agent.Number);
        context.AgentKeys.Begin(agent.Number, new AuditKey(thumbprint, agent.PublicKey), row);
    }

    /// <summary>Whether an agent of a principal was registered so far.</summary>
    public bool HasPrincipal(PrincipalNumber principal) =>
        principal.Value >= 1 && principal.Value <= _principals.Count;

    /// <summary>An agent's principal; null where no such agent was registered so far.</summary>
    public PrincipalNumber? PrincipalOf(AgentNumber agent) =>
        agent.Value >= 1 && agent.Value <= _agents.Count ? _agents[agent.Value - 1] : null;

    /// <summary>
    /// The keys whose word was a principal's before a row: its own latest, or while it had none those of the agent that
    /// brought it.
    /// </summary>
    public IEnumerable<AuditKey> KeysOf(PrincipalNumber principal, long position) =>
        context.Principals.FindKeys(principal) is { } own ? [own[^1]]
        : _founders.TryGetValue(principal, out var founder) ? context.AgentKeys.GoodBefore(founder, position)
        : [];

    private void Check(
        AgentRegistered agent, SignedEnrolmentOfAgent enrolment, bool isNew, Hash32 thumbprint, StoredRow row)
    {
        var findings = context.Findings;
        var signer = new AuditKey(Hash32.Of(enrolment.PublicKey), enrolment.PublicKey);
        try
        {
            var said = EnrolmentDocument.Read(enrolment.Document);
            findings.Require(row, said.AgentKey == thumbprint, "Its enrolment is for another key.");
            findings.Require(
                row, said.Profile.AsSpan().SequenceEqual(agent.Profile), "Its enrolment is for another profile.");
            findings.Require(
                row, agent.At >= said.NotBefore && agent.At < said.ExpiresAt,
                "Its enrolment was not yet, or no longer, good.");
        }
        catch (UnreadableException error)
        {
            findings.Add(row, $"Its enrolment cannot be read: {error.Message}");
        }

        if (!isNew)
        {
            findings.Require(
                row, KeysOf(agent.Principal, row.Position).Any(key => key.Thumbprint == signer.Thumbprint),
                "Its enrolment is not signed by its principal.");
        }
        else if (signer.Thumbprint != thumbprint)
        {
            context.Principals.Bring(agent.Principal, signer, row);
        }

        context.Signatures?.Verify(new SignatureCheck(
            new(
                row.Position, row.Stream, row.Version,
                $"The signature of the enrolment of {agent.Number} does not verify with its principal's key."),
            [signer],
            SignedForms.OfEnrolment(context.Market, enrolment.Document),
            enrolment.Signature,
            SignatureOf.Agent));
    }
}
