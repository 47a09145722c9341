using Market.Domain;
using Market.Domain.Auditing;
using Market.Domain.Settling;
using Market.Grains.Hosting;
using Balance = Market.Domain.Wire.Messages.Balance;
using Balances = Market.Domain.Wire.Messages.Balances;

namespace Market.Grains;

/// <summary>
/// One book. Its rows are chained; its answers to grains are tells, those to the gateway are replies.
/// </summary>
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
        ExportCheckpoint export =>
            Exported(LedgerRules.Decide(_state, export with { Head = ChainHead }, now)),
        LedgerCommand command => Asked(LedgerRules.Decide(_state, command, now)),
        GetBalancesOf query => new GrainStep(BalancesOf(query.Principal)),
        DeadlineReached => Asked(LedgerRules.Decide(_state, new ExpireHolds(LedgerLimits.HoldsExpiredMax), now)),
        _ => throw new ArgumentException($"The ledger takes no {message.GetType().Name}.", nameof(message)),
    };

    /// <inheritdoc/>
    public byte[] SaveState()
    {
        var ledger = LedgerSnapshot.Save(_state);
        var saved = new byte[Hash256.Size + ledger.Length];
        ChainHead.CopyTo(saved);
        ledger.CopyTo(saved, Hash256.Size);
        return saved;
    }

    /// <inheritdoc/>
    public void LoadState(ReadOnlySpan<byte> state)
    {
        ChainHead = Hash256.FromBytes(state[..Hash256.Size]);
        _state = LedgerSnapshot.Load(state[Hash256.Size..]);
    }

    private GrainStep Told(TellLedger told, LedgerTime now)
    {
        var decision = LedgerRules.Decide(_state, told.Command, now);
        object answer = told.Command switch
        {
            Settle settle => Answers.Of(_state, settle, decision),
            IdentifiedLedgerCommand identified =>
                new TellLedgerAnswer(identified.Id, (int)(decision.Refused?.Reason ?? default)),
            _ => throw new ArgumentException(
                $"No grain tells the ledger a {told.Command.GetType().Name}.", nameof(told)),
        };
        return Step(null, decision) with { Tells = [new Tell(told.ReplyTo, answer)] };
    }

    private GrainStep Asked(LedgerDecision decision) => Step(Answers.Of(_state, decision), decision);

    private GrainStep Exported(LedgerDecision decision) => Step(
        decision.Event is CheckpointExported exported
            ? new CheckpointTaken(exported.Entry, exported.Head, exported.At)
            : Answers.Of(_state, decision),
        decision);

    private GrainStep Step(object? reply, LedgerDecision decision) => decision.Event is { } @event
        ? new GrainStep(reply, @event, _state.NextDeadlineAfter(@event))
        : new GrainStep(reply);

    private Balances BalancesOf(PrincipalNumber principal)
    {
        var balances = LedgerQueries.GetBalances(_state, principal);
        return new Balances(
            balances.AsOf.Value,
            balances.Accounts
                .Select(b => new Balance(b.Account.ToString(), b.Posted, b.PendingOut, b.Available))
                .ToValueArray());
    }
}
