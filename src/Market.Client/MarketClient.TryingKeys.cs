using Market.Domain;
using Market.Domain.Admitting;
using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <content>The agent's keys and whom it deals with; refusals are results.</content>
public sealed partial class MarketClient
{
    /// <summary>As <see cref="RotateKeyAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<AgentKeyRecorded>> TryRotateKeyAsync(
        AgentKey newKey, TimeSpan? overlap = null, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(RotateKeyAsync(newKey, overlap, cancellationToken));

    /// <summary>As <see cref="RevokeKeyAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<AgentKeyRecorded>> TryRevokeKeyAsync(
        Hash256 key,
        KeyRevocationReason reason = KeyRevocationReason.Unspecified,
        CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(RevokeKeyAsync(key, reason, cancellationToken));

    /// <summary>As <see cref="SetAdmissionAsync"/>; a refusal is a result.</summary>
    public Task<MarketResult<AdmissionRecorded>> TrySetAdmissionAsync(
        AdmissionPolicy? policy, CancellationToken cancellationToken = default) =>
        MarketResult.OfAsync(SetAdmissionAsync(policy, cancellationToken));
}
