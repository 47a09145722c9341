using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <content>The principal's agents: who they are, what they may do, and with which keys.</content>
public sealed partial class PrincipalClient
{
    /// <summary>
    /// Signs that an agent acts for this principal. Hand it to the agent, which registers with it
    /// (<see cref="MarketClient.RegisterAsync(AgentProfile, SignedEnrolment, CancellationToken)"/>); it is no secret.
    /// </summary>
    /// <param name="agentKey">The <see cref="AgentKey.Thumbprint"/> of the agent's key.</param>
    /// <param name="name">What people call the agent.</param>
    /// <param name="role">Buyer or seller.</param>
    /// <param name="disclosure">Who operates it and what decides in it.</param>
    /// <param name="validFor">For how long it may register with this; null for seven days.</param>
    public (AgentProfile Profile, SignedEnrolment Enrolment) EnrolAgent(
        Hash256 agentKey, string name, AgentRole role, Disclosure disclosure, TimeSpan? validFor = null)
    {
        var profile = new AgentProfile(name, Principal.Handle, role, disclosure);
        return (profile, Enrolments.Sign(Market, _key, agentKey, profile, Now, validFor));
    }

    /// <summary>This principal's agents with their good keys; one page.</summary>
    /// <param name="after">The last agent of the page before, or null.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<AgentsListed> ListAgentsAsync(
        AgentNumber? after = null, CancellationToken cancellationToken = default) =>
        _link.AskAsync<AgentsListed>(new ListAgents(after), cancellationToken);

    /// <summary>Gives an agent another key, also one that has none left.</summary>
    /// <param name="agent">Which agent of this principal's.</param>
    /// <param name="newKey">The key.</param>
    /// <param name="replaces">The thumbprint of the key that it replaces; null where it replaces none.</param>
    /// <param name="overlap">For how long that key is still good; null for 24 hours.</param>
    /// <param name="cancellationToken">Stops waiting; the key may be let in all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<AgentKeyRecorded> EnrolKeyAsync(
        AgentNumber agent,
        AgentKey newKey,
        Hash256? replaces = null,
        TimeSpan? overlap = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(newKey);
        return _link.AskAsync<AgentKeyRecorded>(
            AgentKeyChanges.Sign(Market, agent, newKey, _key, replaces, overlap, Now), cancellationToken);
    }

    /// <summary>
    /// Takes a key of an agent back, at once and for ever: its sessions end, nothing that it signs is taken, and the
    /// agent's session keys end.
    /// </summary>
    /// <param name="agent">Which agent of this principal's.</param>
    /// <param name="key">The key's thumbprint.</param>
    /// <param name="reason">Why; on record.</param>
    /// <param name="cancellationToken">Stops waiting; the key may be revoked all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<AgentKeyRecorded> RevokeKeyAsync(
        AgentNumber agent,
        Hash256 key,
        KeyRevocationReason reason = KeyRevocationReason.Unspecified,
        CancellationToken cancellationToken = default) =>
        _link.AskAsync<AgentKeyRecorded>(new RevokeKey(key, reason, agent), cancellationToken);

    /// <summary>Lets one of this principal's agents deal within limits.</summary>
    /// <param name="agent">Which agent.</param>
    /// <param name="perDealMax">Largest total of one deal.</param>
    /// <param name="budgetMax">Largest sum of the deals of one window, in the same currency.</param>
    /// <param name="validFor">How long, from when it begins to hold.</param>
    /// <param name="settings">What else it limits; null for nothing.</param>
    /// <param name="cancellationToken">Stops waiting; the mandate may be granted all the same.</param>
    /// <exception cref="ArgumentException">The two amounts are in different currencies.</exception>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<MandateGranted> GrantMandateAsync(
        AgentNumber agent,
        Money perDealMax,
        Money budgetMax,
        TimeSpan validFor,
        MandateSettings? settings = null,
        CancellationToken cancellationToken = default)
    {
        var limits = (settings ?? new MandateSettings()) with { Agent = agent };
        return _link.AskAsync<MandateGranted>(
            limits.ToGrant(_context.NewMessageId(), perDealMax, budgetMax, validFor), cancellationToken);
    }

    /// <summary>Lets a suspended mandate hold again; negotiations that had ended stay ended.</summary>
    /// <param name="mandate">Which.</param>
    /// <param name="revision">Its revision as last seen.</param>
    /// <param name="cancellationToken">Stops waiting; the mandate may be resumed all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<MandateChanged> ResumeMandateAsync(
        MandateId mandate, int revision, CancellationToken cancellationToken = default) =>
        _link.AskAsync<MandateChanged>(
            new ResumeOwnMandate(_context.NewMessageId(), mandate, revision), cancellationToken);

    private DateTimeOffset Now => _options.TimeProvider.GetUtcNow() + _link.ClockOffset;
}
