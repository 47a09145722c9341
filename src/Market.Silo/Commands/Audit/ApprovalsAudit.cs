using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// Approvals: each was asked for, granted in time by the principal's own key over exactly what was asked, and what a
/// binding act brought along is one of them, of exactly its terms, and still valid then.
/// </summary>
internal sealed class ApprovalsAudit(AuditContext context)
{
    private readonly Dictionary<Guid, (ApprovalRequested Asked, Moment EndsAt)> _open = [];
    private readonly Dictionary<Guid, (AgentNumber Agent, Hash32 Document)> _known = [];

    /// <summary>Whose approval it is, as far as it was asked for.</summary>
    public AgentNumber AgentOf(Guid id) => _known.GetValueOrDefault(id).Agent;

    /// <summary>Follows one event of a principal's stream.</summary>
    public void Take(ApprovalFact fact, PrincipalNumber principal, StoredRow row)
    {
        if (fact is ApprovalRequested asked)
        {
            Ask(asked, principal, row);
            return;
        }

        if (!_open.TryGetValue(fact.Id, out var open))
        {
            context.Findings.Add(row, $"Approval apr_{fact.Id:n} was never asked for, or has ended.");
            return;
        }

        switch (fact)
        {
            case ApprovalGranted granted:
                Grant(granted, open.Asked, open.EndsAt, row);
                break;
            case ApprovalDenied:
                _open.Remove(fact.Id);
                break;
            default:
                context.Findings.Require(
                    row, fact.At >= open.EndsAt, $"It ended before its time, which is {open.EndsAt}.");
                _open.Remove(fact.Id);
                break;
        }
    }

    /// <summary>Checks the approval that a binding act brought along.</summary>
    /// <param name="approval">The approval.</param>
    /// <param name="negotiation">Where.</param>
    /// <param name="side">Whose act it is.</param>
    /// <param name="terms">Hash of the exact terms.</param>
    /// <param name="total">What the buyer pays in all.</param>
    /// <param name="at">When the act was done.</param>
    /// <param name="until">How long an offer stands; of an acceptance the same moment.</param>
    /// <param name="row">The act's row.</param>
    public void Check(
        GrantedApproval approval,
        NegotiationId negotiation,
        Participant side,
        Hash32 terms,
        Amount total,
        Moment at,
        Moment until,
        StoredRow row)
    {
        if (Read(approval, row) is not { } said)
        {
            return;
        }

        var findings = context.Findings;
        findings.Require(
            row,
            said.Principal == side.Principal && said.Agent == side.Agent && said.Mandate == side.Mandate
                && said.Negotiation == negotiation && said.TermsHash == terms && said.Total == total,
            "Its approval is not one of exactly these terms by this side's principal.");
        findings.Require(
            row, at < said.ExpiresAt && until.Ticks <= said.ExpiresAt.Ticks,
            $"Its approval ended at {said.ExpiresAt}.");
        findings.Require(
            row,
            _known.TryGetValue(approval.Id, out var known) && known.Document == Hash32.Of(approval.Document),
            "Its approval is none that a principal granted before.");
        Verify(approval, said.Principal, row);
    }

    private void Ask(ApprovalRequested asked, PrincipalNumber principal, StoredRow row)
    {
        context.Findings.Require(
            row, asked.Principal == principal, $"It asks {asked.Principal} in the stream of {principal}.");
        context.Findings.Require(row, asked.EndsAt > asked.At, "The request ended before it was made.");
        context.Findings.Require(
            row, _known.TryAdd(asked.Id, (asked.Agent, default)), "It asks for the same approval twice.");
        _open[asked.Id] = (asked, asked.EndsAt);
    }

    private void Grant(ApprovalGranted granted, ApprovalRequested asked, Moment endsAt, StoredRow row)
    {
        var findings = context.Findings;
        findings.Require(row, granted.At < endsAt, $"It was granted after its request had ended at {endsAt}.");
        findings.Require(
            row, _known[asked.Id].Document == default && granted.Approval.Id == asked.Id,
            "It was granted before, or is another request's.");
        findings.Require(row, granted.ExpiresAt > granted.At, "The approval ended before it was granted.");
        if (Read(granted.Approval, row) is { } said)
        {
            var expected = new ApprovalDocument(
                asked.Principal, asked.Agent, asked.Mandate, asked.Negotiation, asked.TermsHash, asked.Total,
                granted.ExpiresAt);
            findings.Require(
                row, said == expected && granted.Approval.TermsHash == asked.TermsHash,
                "What the principal signed is not what was asked for.");
            Verify(granted.Approval, asked.Principal, row);
        }

        _known[asked.Id] = (asked.Agent, Hash32.Of(granted.Approval.Document));
        _open[asked.Id] = (asked, granted.ExpiresAt);
    }

    private ApprovalDocument? Read(GrantedApproval approval, StoredRow row)
    {
        try
        {
            return ApprovalDocument.Read(approval.Document);
        }
        catch (UnreadableException error)
        {
            context.Findings.Add(row, $"The document of its approval cannot be read: {error.Message}");
            return null;
        }
    }

    private void Verify(GrantedApproval approval, PrincipalNumber principal, StoredRow row)
    {
        if (context.Principals.FindKeys(principal) is not { } keys)
        {
            context.Findings.Add(row, $"The {principal} has no key that could have signed its approval.");
            return;
        }

        context.Signatures?.Verify(new SignatureCheck(
            new(
                row.Position, row.Stream, row.Version,
                $"The signature of the approval does not verify with a key of {principal}."),
            [.. keys],
            SignedForms.OfApproval(context.Market, approval.Document),
            approval.Signature,
            SignatureOf.Agent));
    }
}
