using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Hosting;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <content>Strategies that are left with the market, and the keys that sign for them.</content>
public sealed partial class MarketClient
{
    /// <summary>
    /// Leaves a strategy with the market: has it make a session key, enrols that key with this agent's signature for
    /// the mandate alone, and hands the strategy over. From then on the market acts for the agent, connected or not;
    /// its events tell what happens.
    /// </summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<HostingId> HostAsync(HostedStrategy strategy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        var key = await EnrolSessionKeyAsync(
            strategy.Mandate, strategy.ValidFor, strategy.Actions, cancellationToken).ConfigureAwait(false);
        var message = new HostStrategy(
            _context.NewMessageId(),
            strategy.Strategy,
            strategy.Utility,
            strategy.Mandate,
            key,
            strategy.Listings,
            strategy.Negotiations,
            strategy.Request);
        try
        {
            return (await _link.AskAsync<HostingRecorded>(message, cancellationToken).ConfigureAwait(false)).Hosting;
        }
        catch (MarketRefusedException)
        {
            await RevokeSessionKeyAsync(key, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Ends a hosted strategy, has its utility erased, and takes its session key back where no other strategy uses it.
    /// Its negotiations stay as they are, and what it offered stands until it ends.
    /// </summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task StopHostingAsync(HostingId hosting, CancellationToken cancellationToken = default)
    {
        await _link.AskAsync<HostingRecorded>(new StopHosting(_context.NewMessageId(), hosting), cancellationToken)
            .ConfigureAwait(false);
        var all = await HostingAsync(cancellationToken).ConfigureAwait(false);
        if (all.FirstOrDefault(other => other.Id == hosting) is { Plan.SessionKey: var key }
            && !all.Any(other => other.End is null && other.Plan.SessionKey == key))
        {
            await RevokeSessionKeyAsync(key, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The agent's hosted strategies: those that run, and the latest that have ended. None says what was left as a
    /// utility.
    /// </summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<ValueArray<HostingView>> HostingAsync(CancellationToken cancellationToken = default) =>
        (await _link.AskAsync<HostingState>(new GetHosting(), cancellationToken).ConfigureAwait(false)).Hostings;

    /// <summary>
    /// Lets a key that the market makes and holds sign for this agent, under one mandate and for a time.
    /// </summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<SessionKeyId> EnrolSessionKeyAsync(
        MandateId mandate,
        TimeSpan validFor,
        SessionKeyActions actions = SessionKeyActions.OfferAndAccept,
        CancellationToken cancellationToken = default)
    {
        var made = await _link.AskAsync<SessionKeyMade>(
            new MakeSessionKey(_context.NewMessageId()), cancellationToken).ConfigureAwait(false);
        var expiresAt = LedgerTime.FromUtc(_options.TimeProvider.GetUtcNow() + _link.ClockOffset) + validFor;
        var enrol = new EnrolSessionKey(
            _context.NewMessageId(), made.Key, made.PublicKey, mandate, expiresAt, actions);
        var recorded = await _link.AskAsync<SessionKeyRecorded>(_context.Sign(enrol), cancellationToken)
            .ConfigureAwait(false);
        return recorded.Key;
    }

    /// <summary>
    /// Takes a session key back: once this returns, nothing more is signed by it, and the strategies that it signs for
    /// have ended.
    /// </summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task RevokeSessionKeyAsync(SessionKeyId key, CancellationToken cancellationToken = default) =>
        _link.AskAsync<SessionKeyRecorded>(new RevokeSessionKey(_context.NewMessageId(), key), cancellationToken);
}
