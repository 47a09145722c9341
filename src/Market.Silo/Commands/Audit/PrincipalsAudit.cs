using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// Principals' own keys as the directory enrolled them: no agent's, one after the other, each proved by itself and,
/// from the second on, signed for by the one before.
/// </summary>
internal sealed class PrincipalsAudit(AuditContext context)
{
    private readonly Dictionary<PrincipalNumber, List<AuditKey>> _keys = [];
    private readonly HashSet<Hash32> _thumbprints = [];

    /// <summary>Whether a key is, or was, a principal's.</summary>
    public bool IsTaken(Hash32 thumbprint) => _thumbprints.Contains(thumbprint);

    /// <summary>The keys that a principal has had so far; null where it has had none.</summary>
    public IReadOnlyList<AuditKey>? FindKeys(PrincipalNumber principal) => _keys.GetValueOrDefault(principal);

    /// <summary>A principal came into the market with a key of its own, by which an agent was enrolled.</summary>
    public void Bring(PrincipalNumber principal, AuditKey key, StoredRow row)
    {
        context.Findings.Require(
            row, _thumbprints.Add(key.Thumbprint) && !context.AgentKeys.IsTaken(key.Thumbprint),
            "The key that enrolled it is an agent's, or a principal's already.");
        _keys[principal] = [key];
    }

    public void Take(PrincipalKeyEnrolled enrolled, StoredRow row)
    {
        var findings = context.Findings;
        var key = new AuditKey(Hash32.Of(enrolled.PublicKey), enrolled.PublicKey);
        findings.Require(
            row, context.Agents.HasPrincipal(enrolled.Principal), $"No {enrolled.Principal} was registered.");
        findings.Require(
            row, _thumbprints.Add(key.Thumbprint) && !context.AgentKeys.IsTaken(key.Thumbprint),
            "Its key is an agent's, or a principal's already.");
        if (!_keys.TryGetValue(enrolled.Principal, out var keys))
        {
            _keys.Add(enrolled.Principal, keys = []);
        }

        findings.Require(
            row, enrolled.Revision == keys.Count + 1,
            $"It is key {enrolled.Revision} of {enrolled.Principal}, where {keys.Count + 1} is next.");
        var payload = SignedForms.OfPrincipalKey(
            context.Market, AuditedHashes.PrincipalKey(enrolled));
        Verify(row, [key], payload, enrolled.Proof, "The proof of the principal's key does not verify with it.");
        if (keys.Count > 0)
        {
            Verify(
                row, [keys[^1]], payload, enrolled.Authorization,
                "The signature of the principal's key before does not verify.");
        }

        keys.Add(key);
    }

    private void Verify(
        StoredRow row, IReadOnlyList<AuditKey> keys, byte[] payload, byte[] signature, string ifWrong) =>
        context.Signatures?.Verify(new SignatureCheck(
            new(row.Position, row.Stream, row.Version, ifWrong), keys, payload, signature, SignatureOf.Agent));
}
