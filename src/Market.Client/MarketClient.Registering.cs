using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <content>Registration: an agent comes in with its principal's word.</content>
public sealed partial class MarketClient
{
    /// <summary>
    /// Registers the key's agent as its own principal: the agent's key signs its enrolment, and the handle belongs to
    /// it. Again with the same profile changes nothing.
    /// </summary>
    /// <exception cref="MarketRefusedException">The market refuses the profile.</exception>
    public Task<Agent> RegisterAsync(AgentProfile profile, CancellationToken cancellationToken = default) =>
        RegisterAsync(profile, _context.Key, cancellationToken);

    /// <summary>Registers the key's agent under a principal whose key is at hand, which signs its enrolment.</summary>
    /// <param name="profile">What the agent declares.</param>
    /// <param name="principal">The principal's key; no agent has it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<Agent> RegisterAsync(
        AgentProfile profile, AgentKey principal, CancellationToken cancellationToken = default)
    {
        var now = _options.TimeProvider.GetUtcNow() + _link.ClockOffset;
        var enrolment = Enrolments.Sign(Market, principal, _context.Key.Thumbprint, profile, now);
        return RegisterAsync(profile, enrolment, cancellationToken);
    }

    /// <summary>Registers the key's agent with an enrolment that its principal has signed elsewhere.</summary>
    /// <param name="profile">What the agent declares; exactly what the principal has signed.</param>
    /// <param name="enrolment">The enrolment, for example from <see cref="Enrolments.FromBytes"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<Agent> RegisterAsync(
        AgentProfile profile, SignedEnrolment enrolment, CancellationToken cancellationToken = default)
    {
        var welcome = await _link.AskAsync<Welcome>(new Register(profile, enrolment), cancellationToken)
            .ConfigureAwait(false);
        return welcome.Agent ?? throw new MarketConnectionException("The market registered the agent, and named none.");
    }

    /// <summary>
    /// Registers the key's agent with an enrolment that says all: the agent declares what its principal has signed.
    /// </summary>
    /// <param name="enrolment">The enrolment, for example of a file that `market enrol` wrote.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ArgumentException">Its document is no enrolment.</exception>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<Agent> RegisterAsync(SignedEnrolment enrolment, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(enrolment);
        var document = Enrolment.Read(enrolment.Document.Span)
            ?? throw new ArgumentException("The document is no enrolment.", nameof(enrolment));
        return RegisterAsync(document.Profile, enrolment, cancellationToken);
    }

    /// <summary>Registers the key's agent as a buyer.</summary>
    /// <param name="name">What people call the agent.</param>
    /// <param name="principal">The handle of the person or company that it acts for: a–z, 0–9, '-' and '_'.</param>
    /// <param name="disclosure">Who operates it and what decides in it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="MarketRefusedException">The market refuses the profile.</exception>
    public Task<Agent> RegisterBuyerAsync(
        string name, string principal, Disclosure disclosure, CancellationToken cancellationToken = default) =>
        RegisterAsync(new AgentProfile(name, principal, AgentRole.Buyer, disclosure), cancellationToken);

    /// <summary>Registers the key's agent as a seller.</summary>
    /// <inheritdoc cref="RegisterBuyerAsync"/>
    public Task<Agent> RegisterSellerAsync(
        string name, string principal, Disclosure disclosure, CancellationToken cancellationToken = default) =>
        RegisterAsync(new AgentProfile(name, principal, AgentRole.Seller, disclosure), cancellationToken);
}
