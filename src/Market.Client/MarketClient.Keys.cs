using Market.Domain;
using Market.Domain.Admitting;
using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <content>The agent's keys, and whom it deals with.</content>
public sealed partial class MarketClient
{
    /// <summary>
    /// Gives the agent another key. Until the overlap is over both open sessions and sign; this client goes on with the
    /// key that it has, so connect anew with the new one before that ends.
    /// </summary>
    /// <param name="newKey">The new key; saved before this is called, or the agent may lose it.</param>
    /// <param name="overlap">
    /// For how long this key is still good, at most seven days; zero for not at all, null for 24 hours.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; the key may be replaced all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<AgentKeyRecorded> RotateKeyAsync(
        AgentKey newKey, TimeSpan? overlap = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(newKey);
        var agent = Agent ?? throw new InvalidOperationException("Register the agent first.");
        var now = _options.TimeProvider.GetUtcNow() + _link.ClockOffset;
        var message = AgentKeyChanges.Sign(
            Market, agent.Number, newKey, _context.Key, _context.Key.Thumbprint, overlap, now);
        return _link.AskAsync<AgentKeyRecorded>(message, cancellationToken);
    }

    /// <summary>
    /// Takes a key of the agent back, at once and for ever: its sessions end, this client's too where it is its key.
    /// Without another key the agent is out until its principal enrols one.
    /// </summary>
    /// <param name="key">The key's <see cref="AgentKey.Thumbprint"/>.</param>
    /// <param name="reason">Why; on record.</param>
    /// <param name="cancellationToken">Stops waiting; the key may be revoked all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<AgentKeyRecorded> RevokeKeyAsync(
        Hash256 key,
        KeyRevocationReason reason = KeyRevocationReason.Unspecified,
        CancellationToken cancellationToken = default) =>
        _link.AskAsync<AgentKeyRecorded>(new RevokeKey(key, reason), cancellationToken);

    /// <summary>
    /// Says whom the agent deals with: who may open negotiations over its listings, or bid in its tenders.
    /// </summary>
    /// <param name="policy">The policy; null for everybody.</param>
    /// <param name="cancellationToken">Stops waiting; the policy may be set all the same.</param>
    /// <exception cref="MarketRefusedException">
    /// The market refuses it; also where another program of the agent sets one at the same time.
    /// </exception>
    public async Task<AdmissionRecorded> SetAdmissionAsync(
        AdmissionPolicy? policy, CancellationToken cancellationToken = default)
    {
        var known = await GetAdmissionAsync(cancellationToken).ConfigureAwait(false);
        return await _link.AskAsync<AdmissionRecorded>(
            new SetAdmission(known.Revision + 1, policy), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whom the agent deals with.</summary>
    public Task<AdmissionState> GetAdmissionAsync(CancellationToken cancellationToken = default) =>
        _link.AskAsync<AdmissionState>(new GetAdmission(), cancellationToken);
}
