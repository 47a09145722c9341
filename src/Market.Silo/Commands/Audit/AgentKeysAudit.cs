using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// The keys of agents: each after the first was proved by itself and let in by the one that it replaced, or by the
/// agent's principal, and was good from its row to the row that ended it. What was signed outside is found.
/// </summary>
internal sealed class AgentKeysAudit(AuditContext context)
{
    private readonly Dictionary<AgentNumber, List<AuditedAgentKey>> _keys = [];
    private readonly HashSet<Hash32> _thumbprints = [];

    /// <summary>Whether a key is, or was, an agent's.</summary>
    public bool IsTaken(Hash32 thumbprint) => _thumbprints.Contains(thumbprint);

    /// <summary>All keys that an agent has had so far; null where no such agent was registered.</summary>
    public IReadOnlyList<AuditKey>? Find(AgentNumber agent) =>
        _keys.TryGetValue(agent, out var keys) ? [.. keys.Select(static key => key.Key)] : null;

    /// <summary>An agent's keys that were good before a row.</summary>
    public IEnumerable<AuditKey> GoodBefore(AgentNumber agent, long position) =>
        _keys.TryGetValue(agent, out var keys)
            ? keys.Where(key => key.IsGoodBefore(position)).Select(static key => key.Key)
            : [];

    /// <summary>
    /// The keys by which an agent might sign what is recorded in a row; null where no such agent was registered.
    /// </summary>
    public IReadOnlyList<AuditKey>? FindFor(AgentNumber agent, SignedMoment signed, string what, StoredRow row)
    {
        if (!_keys.TryGetValue(agent, out var keys))
        {
            return null;
        }

        AuditKey[] good = [.. keys.Where(key => key.MaySign(signed)).Select(static key => key.Key)];
        context.Findings.Require(row, good.Length > 0, $"No key of {agent} was good when {what} was signed.");
        return good;
    }

    /// <summary>An agent was registered with its first key.</summary>
    public void Begin(AgentNumber agent, AuditKey key, StoredRow row)
    {
        context.Findings.Require(row, _thumbprints.Add(key.Thumbprint), "Its key is another agent's already.");
        _keys[agent] = [new AuditedAgentKey(key, row.Position)];
    }

    public void Take(AgentKeyEnrolled enrolled, StoredRow row)
    {
        var findings = context.Findings;
        var key = new AuditKey(Hash32.Of(enrolled.PublicKey), enrolled.PublicKey);
        if (!findings.Require(
            row, _keys.TryGetValue(enrolled.Agent, out var keys), $"No {enrolled.Agent} was registered."))
        {
            return;
        }

        findings.Require(
            row, _thumbprints.Add(key.Thumbprint) && !context.Principals.IsTaken(key.Thumbprint),
            "Its key is an agent's, or a principal's already.");
        CheckDocument(enrolled, key, row);
        var replaced = enrolled.Replaced is { } old
            ? keys!.Find(known => known.Key.Thumbprint == old && known.IsGoodBefore(row.Position))
            : null;
        findings.Require(
            row, enrolled.Replaced is null || replaced is not null, "What it replaces is no good key of the agent.");
        var payload = SignedForms.OfAgentKey(context.Market, enrolled.Document);
        Verify(row, [key], payload, enrolled.Proof, "The proof of the agent's key does not verify with it.");
        var authorizing = Authorizing(enrolled, replaced, row.Position);
        if (findings.Require(
            row, authorizing is not null, "Neither the replaced key nor the principal's has let it in."))
        {
            Verify(
                row, [authorizing!], payload, enrolled.Authorization,
                "The signature of the key that let it in does not verify.");
        }

        keys!.Add(new AuditedAgentKey(key, row.Position));
        if (replaced is not null && enrolled.ReplacedEndsAt <= enrolled.At)
        {
            replaced.EndedPosition = row.Position;
        }
    }

    public void Take(AgentKeyRetired retired, StoredRow row)
    {
        if (FindGood(retired.Agent, retired.Key, row) is { } key)
        {
            (key.EndedPosition, key.RetiredAt) = (row.Position, retired.At);
        }
    }

    public void Take(AgentKeyRevoked revoked, StoredRow row)
    {
        if (FindGood(revoked.Agent, revoked.Key, row) is { } key)
        {
            key.EndedPosition = row.Position;
        }

        context.SessionKeys.EndAll(revoked.Agent, row);
    }

    private AuditedAgentKey? FindGood(AgentNumber agent, Hash32 thumbprint, StoredRow row)
    {
        var key = _keys.GetValueOrDefault(agent)?.Find(
            known => known.Key.Thumbprint == thumbprint && known.IsGoodBefore(row.Position));
        context.Findings.Require(row, key is not null, $"What it ends is no good key of {agent}.");
        return key;
    }

    private void CheckDocument(AgentKeyEnrolled enrolled, AuditKey key, StoredRow row)
    {
        try
        {
            var said = AgentKeyDocument.Read(enrolled.Document);
            context.Findings.Require(
                row,
                said.Agent == enrolled.Agent && said.Key == key.Thumbprint && said.Replaces == enrolled.Replaced
                    && enrolled.At < said.ExpiresAt
                    && (said.Replaces is null
                        ? enrolled.ReplacedEndsAt is null
                        : enrolled.ReplacedEndsAt == enrolled.At + said.Overlap),
                "What was signed is not this change of key.");
        }
        catch (UnreadableException error)
        {
            context.Findings.Add(row, $"The document of the agent's key cannot be read: {error.Message}");
        }
    }

    private AuditKey? Authorizing(AgentKeyEnrolled enrolled, AuditedAgentKey? replaced, long position) =>
        replaced?.Key.Thumbprint == enrolled.AuthorizedBy ? replaced.Key
        : context.Agents.PrincipalOf(enrolled.Agent) is { } principal
            ? context.Agents.KeysOf(principal, position)
                .FirstOrDefault(key => key.Thumbprint == enrolled.AuthorizedBy)
        : null;

    private void Verify(
        StoredRow row, IReadOnlyList<AuditKey> keys, byte[] payload, byte[] signature, string ifWrong) =>
        context.Signatures?.Verify(new SignatureCheck(
            new(row.Position, row.Stream, row.Version, ifWrong), keys, payload, signature, SignatureOf.Agent));
}
