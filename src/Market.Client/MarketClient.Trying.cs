using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;

namespace Market.Client;

/// <content>Trading whose refusals are results; whatever else goes wrong is thrown.</content>
public sealed partial class MarketClient
{
    /// <summary>
    /// As <see cref="RegisterAsync(AgentProfile, CancellationToken)"/>; a refusal is a result.
    /// </summary>
    public Task<MarketResult<Agent>> TryRegisterAsync(
        AgentProfile profile, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(RegisterAsync(profile, cancellationToken));

    /// <summary>
    /// As <see cref="RegisterAsync(AgentProfile, AgentKey, CancellationToken)"/>; a refusal is a result.
    /// </summary>
    public Task<MarketResult<Agent>> TryRegisterAsync(
        AgentProfile profile, AgentKey principal, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(RegisterAsync(profile, principal, cancellationToken));

    /// <summary>
    /// As <see cref="RegisterAsync(AgentProfile, SignedEnrolment, CancellationToken)"/>; a refusal is a result.
    /// </summary>
    public Task<MarketResult<Agent>> TryRegisterAsync(
        AgentProfile profile, SignedEnrolment enrolment, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(RegisterAsync(profile, enrolment, cancellationToken));

    /// <summary>
    /// As <see cref="RegisterAsync(SignedEnrolment, CancellationToken)"/>; a refusal is a result.
    /// </summary>
    public Task<MarketResult<Agent>> TryRegisterAsync(
        SignedEnrolment enrolment, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(RegisterAsync(enrolment, cancellationToken));

    /// <summary>As <see cref="PublishListingAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<Listing>> TryPublishListingAsync(
        ListingDraft draft, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(PublishListingAsync(draft, cancellationToken));

    /// <summary>As <see cref="UpdateListingAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<Listing>> TryUpdateListingAsync(
        Listing listing, ListingDraft draft, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(UpdateListingAsync(listing, draft, cancellationToken));

    /// <summary>As <see cref="WithdrawListingAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<bool>> TryWithdrawListingAsync(
        Listing listing, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(WithdrawListingAsync(listing, cancellationToken));

    /// <summary>As <see cref="PublishRequestAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<Request>> TryPublishRequestAsync(
        RequestDraft draft, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(PublishRequestAsync(draft, cancellationToken));

    /// <summary>
    /// As <see cref="OpenAsync(Listing, NegotiationSettings?, CancellationToken)"/>; a refusal is a result.
    /// </summary>
    public Task<MarketResult<Negotiation>> TryOpenAsync(
        Listing listing, NegotiationSettings? settings = null, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(OpenAsync(listing, settings, cancellationToken));

    /// <summary>
    /// As <see cref="OpenAsync(Listing, ValueArray{OrderLine}, NegotiationSettings?, CancellationToken)"/>; a refusal
    /// is a result.
    /// </summary>
    public Task<MarketResult<Negotiation>> TryOpenAsync(
        Listing listing,
        ValueArray<OrderLine> order,
        NegotiationSettings? settings = null,
        CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(OpenAsync(listing, order, settings, cancellationToken));

    /// <summary>As <see cref="BuyNowAsync(Listing, CancellationToken)"/>; a refusal is a result.</summary>
    public Task<MarketResult<Deal>> TryBuyNowAsync(Listing listing, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(BuyNowAsync(listing, cancellationToken));

    /// <summary>
    /// As <see cref="BuyNowAsync(
    /// Listing, ValueArray{OrderLine}, RequestId?, MandateId?, TimeSpan?, CancellationToken)"/>; a refusal is a result.
    /// </summary>
    public Task<MarketResult<Deal>> TryBuyNowAsync(
        Listing listing,
        ValueArray<OrderLine> order,
        RequestId? request = null,
        MandateId? mandate = null,
        TimeSpan? approvalWaitsFor = null,
        CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(BuyNowAsync(listing, order, request, mandate, approvalWaitsFor, cancellationToken));
}
