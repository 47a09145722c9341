using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <content>What a principal does for its agents, its refusals as results.</content>
public sealed partial class PrincipalClient
{
    /// <summary>As <see cref="EnrolKeyAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<AgentKeyRecorded>> TryEnrolKeyAsync(
        AgentNumber agent,
        AgentKey newKey,
        Hash256? replaces = null,
        TimeSpan? overlap = null,
        CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(EnrolKeyAsync(agent, newKey, replaces, overlap, cancellationToken));

    /// <summary>As <see cref="RevokeKeyAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<AgentKeyRecorded>> TryRevokeKeyAsync(
        AgentNumber agent,
        Hash256 key,
        KeyRevocationReason reason = KeyRevocationReason.Unspecified,
        CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(RevokeKeyAsync(agent, key, reason, cancellationToken));

    /// <summary>As <see cref="GrantMandateAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<MandateGranted>> TryGrantMandateAsync(
        AgentNumber agent,
        Money perDealMax,
        Money budgetMax,
        TimeSpan validFor,
        MandateSettings? settings = null,
        CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(
            GrantMandateAsync(agent, perDealMax, budgetMax, validFor, settings, cancellationToken));

    /// <summary>As <see cref="ResumeMandateAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<MandateChanged>> TryResumeMandateAsync(
        MandateId mandate, int revision, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(ResumeMandateAsync(mandate, revision, cancellationToken));
}
