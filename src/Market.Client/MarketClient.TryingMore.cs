using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Hosting;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Tendering;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <content>Mandates, approvals, tenders and hosted strategies whose refusals are results.</content>
public sealed partial class MarketClient
{
    /// <summary>
    /// As <see cref="GrantMandateAsync(Money, Money, TimeSpan, CancellationToken)"/>; a refusal is a result.
    /// </summary>
    public Task<MarketResult<MandateGranted>> TryGrantMandateAsync(
        Money perDealMax, Money budgetMax, TimeSpan validFor, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(GrantMandateAsync(perDealMax, budgetMax, validFor, cancellationToken));

    /// <summary>
    /// As <see cref="GrantMandateAsync(Money, Money, TimeSpan, MandateSettings, CancellationToken)"/>; a refusal is a
    /// result.
    /// </summary>
    public Task<MarketResult<MandateGranted>> TryGrantMandateAsync(
        Money perDealMax,
        Money budgetMax,
        TimeSpan validFor,
        MandateSettings settings,
        CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(GrantMandateAsync(perDealMax, budgetMax, validFor, settings, cancellationToken));

    /// <summary>As <see cref="RevokeMandateAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<long>> TryRevokeMandateAsync(
        MandateId mandate, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(RevokeMandateAsync(mandate, cancellationToken));

    /// <summary>As <see cref="SuspendMandateAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<MandateChanged>> TrySuspendMandateAsync(
        MandateId mandate, int revision, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(SuspendMandateAsync(mandate, revision, cancellationToken));

    /// <summary>As <see cref="ResumeMandateAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<MandateChanged>> TryResumeMandateAsync(
        MandateId mandate, int revision, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(ResumeMandateAsync(mandate, revision, cancellationToken));

    /// <summary>As <see cref="EnrolPrincipalKeyAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<EnrolledPrincipal>> TryEnrolPrincipalKeyAsync(
        AgentKey principalKey, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(EnrolPrincipalKeyAsync(principalKey, cancellationToken));

    /// <summary>
    /// As <see cref="RequestApprovalAsync(Negotiation, Offer, TimeSpan?, CancellationToken)"/>; a refusal is a result.
    /// </summary>
    public Task<MarketResult<ApprovalAsked>> TryRequestApprovalAsync(
        Negotiation negotiation,
        Offer offer,
        TimeSpan? waitsFor = null,
        CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(RequestApprovalAsync(negotiation, offer, waitsFor, cancellationToken));

    /// <summary>
    /// As <see cref="RequestApprovalAsync(Negotiation, Outcome, TimeSpan?, CancellationToken)"/>; a refusal is a
    /// result.
    /// </summary>
    public Task<MarketResult<ApprovalAsked>> TryRequestApprovalAsync(
        Negotiation negotiation,
        Outcome outcome,
        TimeSpan? waitsFor = null,
        CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(RequestApprovalAsync(negotiation, outcome, waitsFor, cancellationToken));

    /// <summary>As <see cref="OpenTenderAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<Tender>> TryOpenTenderAsync(
        Request request, TenderSettings? settings = null, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(OpenTenderAsync(request, settings, cancellationToken));

    /// <summary>As <see cref="BidAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<BidRecorded>> TryBidAsync(
        TenderCall call,
        Listing listing,
        ProposedOffer offer,
        ValueArray<OrderLine> order = default,
        CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(BidAsync(call, listing, offer, order, cancellationToken));

    /// <summary>As <see cref="WithdrawBidAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<TenderRecorded>> TryWithdrawBidAsync(
        TenderId tender, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(WithdrawBidAsync(tender, cancellationToken));

    /// <summary>As <see cref="HostAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<HostingId>> TryHostAsync(
        HostedStrategy strategy, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(HostAsync(strategy, cancellationToken));

    /// <summary>As <see cref="StopHostingAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<bool>> TryStopHostingAsync(
        HostingId hosting, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(StopHostingAsync(hosting, cancellationToken));

    /// <summary>As <see cref="EnrolSessionKeyAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<SessionKeyId>> TryEnrolSessionKeyAsync(
        MandateId mandate,
        TimeSpan validFor,
        SessionKeyActions actions = SessionKeyActions.OfferAndAccept,
        CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(EnrolSessionKeyAsync(mandate, validFor, actions, cancellationToken));

    /// <summary>As <see cref="RevokeSessionKeyAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<bool>> TryRevokeSessionKeyAsync(
        SessionKeyId key, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(RevokeSessionKeyAsync(key, cancellationToken));
}
