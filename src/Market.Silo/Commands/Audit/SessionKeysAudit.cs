using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>A session key as the directory enrolled it.</summary>
/// <param name="Enrolled">The enrolment.</param>
/// <param name="Position">Of the row that enrolled it.</param>
internal sealed record AuditedSessionKey(SessionKeyEnrolled Enrolled, long Position)
{
    /// <summary>Of the row that took it back; 0 while none has.</summary>
    public long RevokedPosition { get; set; }

    public IReadOnlyList<AuditKey> Keys { get; } = [new(Hash32.Of(Enrolled.PublicKey), Enrolled.PublicKey)];
}

/// <summary>
/// The session keys, which the market holds: each enrolled by its agent's own signature over what it may do, and taken
/// back at most once, by its agent.
/// </summary>
internal sealed class SessionKeysAudit(AuditContext context)
{
    private readonly Dictionary<Guid, AuditedSessionKey> _keys = [];

    public AuditedSessionKey? Find(Guid key) => _keys.GetValueOrDefault(key);

    public void Take(SessionKeyEnrolled enrolled, StoredRow row)
    {
        var (findings, evidence, bounds) = (context.Findings, enrolled.Evidence, enrolled.Bounds);
        findings.Require(
            row, _keys.TryAdd(bounds.Id, new AuditedSessionKey(enrolled, row.Position)),
            $"The session key {bounds.Id} is enrolled twice.");
        findings.Require(row, enrolled.At < bounds.ExpiresAt, "The session key had expired before it was enrolled.");
        findings.Require(
            row, evidence.Signer == enrolled.Agent && evidence.SessionKey is null,
            "It is not signed by its agent's own key.");
        findings.Require(
            row,
            Hash32.Of(evidence.SignedBytes) is var hash
                && (hash.A, hash.B) == (enrolled.DigestHigh, enrolled.DigestLow),
            "Its digest is not that of the signed bytes.");
        VerifySignature(enrolled, row);
        try
        {
            findings.Require(
                row,
                SignedAct.Read(evidence.SignedBytes) is SignedEnrolment signed && signed.Message == enrolled.Message
                    && signed.Bounds == bounds && signed.PublicKey.AsSpan().SequenceEqual(enrolled.PublicKey),
                "What the agent signed is not this enrolment.");
        }
        catch (UnreadableException error)
        {
            findings.Add(row, $"The signed bytes of the enrolment are no act: {error.Message}");
        }
    }

    public void Take(SessionKeyRevoked revoked, StoredRow row)
    {
        var key = Find(revoked.Key);
        if (context.Findings.Require(
            row, key is { RevokedPosition: 0 } && key.Enrolled.Agent == revoked.Agent,
            "What it takes back is no session key of its agent."))
        {
            key!.RevokedPosition = row.Position;
        }
    }

    /// <summary>A key of their agent was taken back, and its session keys with it.</summary>
    public void EndAll(AgentNumber agent, StoredRow row)
    {
        foreach (var key in _keys.Values.Where(key => key.RevokedPosition == 0 && key.Enrolled.Agent == agent))
        {
            key.RevokedPosition = row.Position;
        }
    }

    /// <summary>
    /// The key with which an act's signature verifies, once it is found that the key might sign it when it did.
    /// </summary>
    public IReadOnlyList<AuditKey>? KeysFor(
        Guid id, SignedMoment signed, MandateId? mandate, AgentNumber signer, string what, StoredRow row)
    {
        if (Find(id) is not { } key)
        {
            return null;
        }

        var (findings, enrolled) = (context.Findings, key.Enrolled);
        findings.Require(row, enrolled.Agent == signer, $"The session key of {what} is not its agent's.");
        findings.Require(
            row, enrolled.Bounds.Mandate == mandate, $"The session key of {what} is bound to another mandate.");
        findings.Require(
            row, (enrolled.Bounds.Actions & signed.Action) != 0, $"The session key may not sign {what}.");
        findings.Require(
            row, signed.At < enrolled.Bounds.ExpiresAt, $"The session key of {what} had expired when it signed.");
        findings.Require(
            row,
            key.Position < signed.Position && (key.RevokedPosition == 0 || signed.Position < key.RevokedPosition),
            $"The session key of {what} was not enrolled, or was taken back, when it signed.");
        return key.Keys;
    }

    private void VerifySignature(SessionKeyEnrolled enrolled, StoredRow row)
    {
        var moment = new SignedMoment(enrolled.At, row.Position, Action: 0);
        if (context.AgentKeys.FindFor(enrolled.Agent, moment, "the enrolment", row) is not { } keys)
        {
            context.Findings.Add(row, $"No {enrolled.Agent} was registered, who enrolled the session key.");
            return;
        }

        context.Signatures?.Verify(new SignatureCheck(
            new(
                row.Position, row.Stream, row.Version,
                $"The signature of the enrolment does not verify with the key of {enrolled.Agent}."),
            keys,
            SignedForms.OfAct(context.Market, enrolled.Evidence.SignedBytes),
            enrolled.Evidence.Signature,
            SignatureOf.Agent));
    }
}

/// <summary>When and where in the journal an act was recorded, and which action of a session key it is.</summary>
/// <param name="At">When.</param>
/// <param name="Position">Of its row.</param>
/// <param name="Action">The action.</param>
internal readonly record struct SignedMoment(Moment At, long Position, byte Action);
