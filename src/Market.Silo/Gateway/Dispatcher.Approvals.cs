using Market.Domain;
using Market.Domain.Approvals;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Hosting;

namespace Market.Silo.Gateway;

/// <content>
/// Approvals. A binding act above its sender's threshold is refused to the sender alone, unless its principal has
/// approved exactly these terms; then it is sent on with the approval, whose signature was verified here.
/// </content>
internal sealed partial class Dispatcher
{
    private const string HowToEnrol =
        "Enrol one with `market approvals enrol`, in a session of the agent that brought the principal.";

    /// <summary>
    /// Performs a command of an agent; where its mandate asks for an approval and there is one, performs it with that.
    /// </summary>
    /// <param name="negotiation">Where.</param>
    /// <param name="command">The command, without an approval.</param>
    /// <param name="offer">The offer that it makes; null where it makes none.</param>
    /// <param name="approve">The command with an approval.</param>
    private async ValueTask<object> PerformAsync(
        NegotiationId negotiation,
        NegotiationCommand command,
        ProposedOffer? offer,
        Func<GrantedApproval, NegotiationCommand> approve)
    {
        var answer = await cluster.AskAsync(GrainId.Of(negotiation), command).ConfigureAwait(false);
        if (answer is not ApprovalDue due
            || await FindGrantedAsync(due.Matter).ConfigureAwait(false) is not { } approval)
        {
            return answer;
        }

        answer = await cluster.AskAsync(GrainId.Of(negotiation), approve(approval)).ConfigureAwait(false);
        return answer is not ApprovalDue || offer is null ? answer
            : offer.PartialFrom is not null ? Refusals.Of(ApprovalRefusal.ApprovedOfferIsWhole)
            : ApprovalDocument.Read(approval.Document) is { } said && options.Now + offer.ValidFor > said.ExpiresAt
                ? Refusals.Of(ApprovalRefusal.OfferOutlivesApproval, $"The approval ends at {said.ExpiresAt}.")
            : answer;
    }

    /// <summary>The approval of a matter that holds now and that the principal's own key has signed, or null.</summary>
    private async ValueTask<GrantedApproval?> FindGrantedAsync(ApprovalMatter matter)
    {
        var query = new FindGrantedApproval(matter.Agent, matter.TermsHash);
        return await cluster.AskAsync(GrainId.OfApprovals(matter.Principal), query).ConfigureAwait(false)
                is GrantedApproval approval
            && await FindPrincipalAsync(matter.Principal).ConfigureAwait(false) is { } principal
            && verifier.VerifyApproval(principal, approval.Document, approval.Signature)
                ? approval
                : null;
    }

    private static Refused RefusalOf(ApprovalDue due)
    {
        var matter = due.Matter;
        var refused = Refusals.Of(
            LedgerRefusal.ApprovalRequired,
            $"The total is {matter.Total}; ask with RequestApproval for the terms {matter.TermsHash}.");
        return refused with
        {
            Approval = new ApprovalNeeded(
                matter.Negotiation, matter.TermsHash, matter.Terms, matter.Total, matter.OfferNumber),
        };
    }

    private async ValueTask<object> RequestApprovalAsync(Agent agent, AgentRequest request, RequestApproval ask)
    {
        var id = new ApprovalId(Derive("approval", agent, ask.Message));
        var approvals = GrainId.OfApprovals(agent.Principal);
        var known = await cluster.AskAsync(approvals, new FindApprovalRequest(id, request.Digest))
            .ConfigureAwait(false);
        if (known is ApprovalAsked or Refused { Code: (int)ApprovalRefusal.ApprovalMessageIdReused })
        {
            return known;
        }

        if (await FindPrincipalAsync(agent.Principal).ConfigureAwait(false) is null)
        {
            return Refusals.Of(ApprovalRefusal.PrincipalHasNoKey, HowToEnrol);
        }

        var found = await MatterOfAsync(agent, ask).ConfigureAwait(false);
        if (found is not ApprovalDue { Matter: var matter })
        {
            return found is GrainNotFound ? Refusals.Of(NegotiationRefusal.NegotiationNotFound) : found;
        }

        var advice = mandates?.Advise(matter.ToDeal(), options.Now);
        if (advice?.Reason != LedgerRefusal.ApprovalRequired)
        {
            // Whatever else stands in the way, no approval would change that.
            return advice as object ?? Refusals.Of(ApprovalRefusal.ApprovalNotNeeded);
        }

        var names = await NamesOfAsync(matter).ConfigureAwait(false);
        return await cluster.AskAsync(
            approvals,
            new AskForApproval(ask.Message, request.Digest, id, matter, names, ask.WaitsFor)).ConfigureAwait(false);
    }

    private async ValueTask<object> MatterOfAsync(Agent agent, RequestApproval ask)
    {
        if (ask.Opening is not { } opening)
        {
            return await cluster.AskAsync(
                GrainId.Of(ask.Negotiation), new GetApprovalMatter(agent.Number, ask.OfferNumber, ask.Terms))
                .ConfigureAwait(false);
        }

        // Its signature is looked at when it is sent; what is approved does not depend on it.
        var (command, refused) = await PrepareAsync(agent, opening, request: null).ConfigureAwait(false);
        if (command is null)
        {
            return refused!;
        }

        var (matter, refusal) = ApprovalMatters.Of(options.Market, command);
        return matter is null ? Refusals.Of(refusal!)
            : command.Negotiation == ask.Negotiation ? new ApprovalDue(matter)
            : Refusals.Of(
                NegotiationRefusal.NegotiationNotFound,
                $"This opening makes {command.Negotiation}; name that, and open with the same message id.");
    }

    private async ValueTask<ApprovalNames> NamesOfAsync(ApprovalMatter matter)
    {
        var listing = await catalog.FindAsync(matter.Subject.Listing).ConfigureAwait(false);
        var lines = listing?.Version == matter.Subject.ListingVersion ? listing.Draft.Lines : default;
        var answer = await cluster.AskAsync(GrainId.Directory, new FindAgent(matter.Counterparty))
            .ConfigureAwait(false);
        var counterparty = (answer as AgentFound)?.Agent?.Profile;
        return new ApprovalNames(
            listing?.Draft.Title ?? string.Empty,
            matter.Subject.Order
                .Select(ordered => ordered.Line >= 0 && ordered.Line < lines.Count
                    ? lines[ordered.Line].Name
                    : string.Empty)
                .ToValueArray(),
            counterparty?.Name ?? string.Empty,
            counterparty?.Principal ?? string.Empty);
    }

    private async ValueTask<EnrolledPrincipal?> FindPrincipalAsync(PrincipalNumber principal) =>
        (await cluster.AskAsync(GrainId.Directory, new FindPrincipal(principal)).ConfigureAwait(false)
            as AgentFound)?.Principal;

    private async ValueTask<object> ApprovalsAsync(PrincipalNumber principal, object query)
    {
        var answer = await cluster.AskAsync(GrainId.OfApprovals(principal), query).ConfigureAwait(false);
        return answer is not GrainNotFound ? answer
            : query is QueryApprovals ? new ApprovalsListed([], HasMore: false)
            : Refusals.Of(ApprovalRefusal.ApprovalUnknown);
    }
}
