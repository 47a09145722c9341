using Market.Domain;
using Market.Domain.Approvals;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <content>Approvals: the agent asks, its principal answers (<see cref="PrincipalClient"/>).</content>
public sealed partial class MarketClient
{
    /// <summary>
    /// Enrols the key with which this agent's principal answers approvals; once, by the agent that brought the
    /// principal. The same key again changes nothing.
    /// </summary>
    /// <param name="principalKey">The principal's own key; never an agent's.</param>
    /// <param name="cancellationToken">Stops waiting; the key may be enrolled all the same.</param>
    /// <exception cref="InvalidOperationException">The agent is not registered.</exception>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<EnrolledPrincipal> EnrolPrincipalKeyAsync(
        AgentKey principalKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(principalKey);
        var agent = Agent ?? throw new InvalidOperationException("Register the agent first.");
        var document = WireFormat.Encode(
            new PrincipalKeyDocument(agent.Principal, principalKey.PublicKey, Revision: 1));
        var proof = principalKey.Sign(SignedPayload.ForPrincipalKey(Market, document));
        var enrolled = await _link.AskAsync<PrincipalEnrolled>(
            new EnrolPrincipalKey(principalKey.PublicKey, Revision: 1, proof), cancellationToken).ConfigureAwait(false);
        return enrolled.Principal;
    }

    /// <summary>Asks the principal to approve an offer of the counterparty's, exactly as it stands.</summary>
    /// <param name="negotiation">Where.</param>
    /// <param name="offer">The counterparty's firm offer.</param>
    /// <param name="waitsFor">How long the principal has; null for five minutes.</param>
    /// <param name="cancellationToken">Stops waiting; the principal may be asked all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<ApprovalAsked> RequestApprovalAsync(
        Negotiation negotiation, Offer offer, TimeSpan? waitsFor = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(negotiation);
        ArgumentNullException.ThrowIfNull(offer);
        return RequestApprovalAsync(new RequestApproval(
            _context.NewMessageId(), negotiation.Id, waitsFor ?? ProposedOffer.DefaultValidity, offer.Number),
            cancellationToken);
    }

    /// <summary>Asks the principal to approve terms that the agent means to offer.</summary>
    /// <param name="negotiation">Where.</param>
    /// <param name="outcome">A value for every issue of the agenda.</param>
    /// <param name="waitsFor">How long the principal has; null for five minutes.</param>
    /// <param name="cancellationToken">Stops waiting; the principal may be asked all the same.</param>
    /// <exception cref="ArgumentException">The outcome is not of the agenda.</exception>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<ApprovalAsked> RequestApprovalAsync(
        Negotiation negotiation,
        Outcome outcome,
        TimeSpan? waitsFor = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(negotiation);
        return RequestApprovalAsync(new RequestApproval(
            _context.NewMessageId(), negotiation.Id, waitsFor ?? ProposedOffer.DefaultValidity,
            Terms: negotiation.State.TermsOf(outcome)), cancellationToken);
    }

    /// <summary>Waits until the principal has answered, or the request has ended.</summary>
    /// <returns>The approval, which is pending no longer.</returns>
    /// <exception cref="MarketRefusedException">There is no such approval of this agent.</exception>
    /// <exception cref="MarketConnectionException">The client has ended.</exception>
    public Task<ApprovalRecord> WaitForApprovalAsync(ApprovalId id, CancellationToken cancellationToken = default) =>
        _context.Approvals.WaitAsync(id, cancellationToken);

    /// <summary>What this agent has asked its principal for, the newest first; one page.</summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<ApprovalsListed> ListApprovalsAsync(
        bool onlyPending = true, ApprovalId? after = null, CancellationToken cancellationToken = default) =>
        _link.AskAsync<ApprovalsListed>(new ListApprovals(onlyPending, after), cancellationToken);

    private Task<ApprovalAsked> RequestApprovalAsync(RequestApproval request, CancellationToken cancellationToken) =>
        _link.AskAsync<ApprovalAsked>(request, cancellationToken);
}
