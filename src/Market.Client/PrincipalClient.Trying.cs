using Market.Domain;
using Market.Domain.Approvals;
using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <content>What a principal does, its refusals as results.</content>
public sealed partial class PrincipalClient
{
    /// <summary>As <see cref="ApproveAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<ApprovalDecided>> TryApproveAsync(
        ApprovalRecord approval, TimeSpan? validFor = null, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(ApproveAsync(approval, validFor, cancellationToken));

    /// <summary>As <see cref="DenyAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<ApprovalDecided>> TryDenyAsync(
        ApprovalId id, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(DenyAsync(id, cancellationToken));

    /// <summary>As <see cref="RevokeMandateAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<long>> TryRevokeMandateAsync(
        MandateId mandate, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(RevokeMandateAsync(mandate, cancellationToken));

    /// <summary>As <see cref="SuspendMandateAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<MandateChanged>> TrySuspendMandateAsync(
        MandateId mandate, int revision, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(SuspendMandateAsync(mandate, revision, cancellationToken));

    /// <summary>As <see cref="ChangeKeyAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<EnrolledPrincipal>> TryChangeKeyAsync(
        AgentKey newKey, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(ChangeKeyAsync(newKey, cancellationToken));
}
