using Market.Domain;
using Market.Domain.Approvals;
using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Hosting;

namespace Market.Silo.Gateway;

/// <content>
/// Sessions of a principal's own key. A principal is no agent: it answers approvals, grants, reads and stops mandates,
/// and lets its agents' keys in and out; everything else is refused.
/// </content>
internal sealed partial class Dispatcher
{
    /// <summary>
    /// Asks what a principal asks. The answer is a message, or what <see cref="AnswerOf"/> makes one of.
    /// </summary>
    /// <param name="principal">The principal, with the key that the session has proved.</param>
    /// <param name="request">The request.</param>
    public async ValueTask<object> AskAsync(EnrolledPrincipal principal, AgentRequest request)
    {
        // A change of the key carries its own proof, and may be the retry of the one that replaced this session's key.
        return request.Message is EnrolPrincipalKey enrol
                ? await EnrolKeyAsync(principal.Number, AgentNumber.None, enrol).ConfigureAwait(false)
            : (await FindPrincipalAsync(principal.Number).ConfigureAwait(false))?.Revision != principal.Revision
                ? Refusals.Of(ApprovalRefusal.PrincipalKeyReplaced)
            : await PerformAsync(principal, request).ConfigureAwait(false);
    }

    private ValueTask<object> PerformAsync(EnrolledPrincipal principal, AgentRequest request) =>
        request.Message switch
        {
            ListApprovals query => ApprovalsAsync(principal.Number, new QueryApprovals(query, Asker: null)),
            GetApproval query => ApprovalsAsync(principal.Number, new QueryApproval(query.Id, Asker: null)),
            DecideApproval decide => DecideAsync(principal, request, decide),
            GetMandate query => cluster.AskAsync(
                GrainId.Ledger, new GetMandateOf(query.Mandate, principal.Number)),
            RevokeOwnMandate revoke => RevokeAsync(principal.Number, revoke),
            SuspendOwnMandate suspend => SuspendAsync(principal.Number, suspend),
            ResumeOwnMandate resume => ResumeAsync(principal.Number, resume),
            GrantOwnMandate grant => GrantAsync(principal, grant),
            RotateKey or RevokeKey or ListAgents when Identities is { } desk =>
                desk.AskAsync(principal, request.Message),
            _ => Answer(Refusals.Of(ApprovalRefusal.NotForPrincipals)),
        };

    private async ValueTask<object> DecideAsync(
        EnrolledPrincipal principal, AgentRequest request, DecideApproval decide)
    {
        if (decide.Answer == ApprovalAnswer.Approve
            && !verifier.VerifyApproval(principal, decide.Document, decide.Signature))
        {
            return Refusals.Of(
                ApprovalRefusal.ApprovalSignatureIsWrong, "Sign the document under the purpose market.approval.v1.");
        }

        var isApproved = decide.Answer == ApprovalAnswer.Approve;
        return await ApprovalsAsync(principal.Number, new AnswerApproval(
            decide.Message,
            request.Digest,
            decide.Id,
            decide.Answer,
            isApproved ? decide.Document : default,
            isApproved ? decide.Signature : default)).ConfigureAwait(false);
    }

    private async ValueTask<object> EnrolKeyAsync(PrincipalNumber principal, AgentNumber agent, EnrolPrincipalKey enrol)
    {
        using (var key = PublicKeys.Import(enrol.PublicKey.Span))
        {
            if (key is null)
            {
                return Refusals.Of(ApprovalRefusal.PrincipalKeyIsInvalid);
            }
        }

        var document = new PrincipalKeyDocument(principal, enrol.PublicKey, enrol.Revision);
        if (!verifier.VerifyKey(enrol.PublicKey, document, enrol.Proof))
        {
            return Refusals.Of(
                ApprovalRefusal.ProofOfKeyIsWrong,
                $"It signs {principal}, the key and the revision under the purpose market.principal-key.v1.");
        }

        var current = await FindPrincipalAsync(principal).ConfigureAwait(false);
        var isAuthorized = current is not null && current.Revision + 1 == enrol.Revision
            && verifier.VerifyKey(current.PublicKey, document, enrol.Authorization);
        return await cluster.AskAsync(
            GrainId.Directory,
            new EnrolKey(
                principal, agent, enrol.PublicKey, enrol.Revision, enrol.Proof,
                isAuthorized ? enrol.Authorization : default)).ConfigureAwait(false);
    }
}
