using Market.Domain;
using Market.Domain.Auditing;
using Market.Domain.Settling;
using Market.Grains.Hosting;

namespace Market.Grains;

/// <summary>One book. Its rows are chained; its answers to grains are tells, those to the gateway are replies.</summary>
/// <param name="market">The market, which the chain starts from.</param>
public sealed class LedgerGrain(MarketId market) : IChainedGrain, ISnapshotGrain
{
    private LedgerState _state = new();

    /// <inheritdoc/>
    public LedgerTime LastTime => _state.LastTime;

    /// <inheritdoc/>
    public Hash256 ChainHead { get; private set; } = EntryHash.Genesis(market);

    /// <inheritdoc/>
    public void Apply(object @event) => _state.Apply((LedgerEvent)@event);

    /// <inheritdoc/>
    public void Advance(Hash256 hash) => ChainHead = hash;

    /// <inheritdoc/>
    public GrainStep Receive(object message, LedgerTime now) => message switch
    {
        TellLedger told => Told(told, now),
        LedgerCommand command => Asked(LedgerRules.Decide(_state, command, now)),
        GetBalancesOf query => new GrainStep(LedgerQueries.BalancesOf(_state, query.Principal)),
        DeadlineReached => Asked(LedgerRules.Decide(_state, new ExpireHolds(LedgerLimits.HoldsExpiredMax), now)),
        _ => throw new ArgumentException($"The ledger takes no {message.GetType().Name}.", nameof(message)),
    };
