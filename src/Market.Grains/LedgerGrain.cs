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
/// <param name="entriesMax">How many ids the book remembers without reading its journal.</param>
/// <param name="holdsMax">Most open holds on one principal's money.</param>
public sealed class LedgerGrain(
    MarketId market, int entriesMax = LedgerLimits.EntriesMax, int holdsMax = LedgerLimits.HoldsPerPrincipalMax)
    : IChainedGrain, ISnapshotGrain
{
    private LedgerState _state = new(entriesMax) { HoldsPerPrincipalMax = holdsMax };
    private int _partsSaved;

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
        Recalled recalled => Decide(recalled.Message, now, EntriesOf(recalled)),
        GetBalancesOf query => new GrainStep(BalancesOf(query.Principal)),
        GetMandateOf query => new GrainStep(MandateOf(query)),
        _ => Decide(message, now, []),
    };

    /// <inheritdoc/>
    public GrainCapture SaveState()
    {
        _state.PartsSaved(Volatile.Read(ref _partsSaved));
        var (head, ledger) = (ChainHead, LedgerSnapshot.Capture(_state));
        return new GrainCapture(
            () => [.. head.ToArray(), .. ledger.EncodeState()],
            ledger.FirstPart,
            ledger.PartCount,
            ledger.EncodePart,
            () => Volatile.Write(ref _partsSaved, Math.Max(ledger.PartCount, Volatile.Read(ref _partsSaved))));
    }

    /// <inheritdoc/>
    public void LoadState(ReadOnlySpan<byte> state, IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        ChainHead = Hash256.FromBytes(state[..Hash256.Size]);
        _state = LedgerSnapshot.Load(state[Hash256.Size..], parts, entriesMax);
        _state.HoldsPerPrincipalMax = holdsMax;
    }

    private GrainStep Decide(object message, LedgerTime now, ValueArray<RecalledEntry> recalled) => message switch
    {
        TellLedger told => Told(told, now, recalled),
        ExportCheckpoint export => Exported(LedgerRules.Decide(_state, export with { Head = ChainHead }, now)),
        LedgerCommand command => Asked(LedgerRules.DecideAgain(_state, command, now, recalled)),
        DeadlineReached => Asked(LedgerRules.Decide(_state, new ExpireHolds(LedgerLimits.HoldsExpiredMax), now)),
        _ => throw new ArgumentException($"The ledger takes no {message.GetType().Name}.", nameof(message)),
    };

    private GrainStep Told(TellLedger told, LedgerTime now, ValueArray<RecalledEntry> recalled)
    {
        var decision = LedgerRules.DecideAgain(_state, told.Command, now, recalled);
        if (decision.IsToRecall)
        {
            return Recalls(decision);
        }

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

    private GrainStep Asked(LedgerDecision decision) =>
        decision.IsToRecall ? Recalls(decision) : Step(Answers.Of(_state, decision), decision);

    private static GrainStep Recalls(LedgerDecision decision) =>
        new(null, Recalls: decision.Recalls.Select(entry => entry.Value).ToValueArray());

    private static ValueArray<RecalledEntry> EntriesOf(Recalled recalled) => recalled.Events
        .Select(old => new RecalledEntry(new EntryNumber(old.Version), (LedgerEvent)old.Event)).ToValueArray();

    private GrainStep Exported(LedgerDecision decision) => Step(
        decision.Event is CheckpointExported exported
            ? new CheckpointTaken(exported.Entry, exported.Head, exported.At)
            : Answers.Of(_state, decision),
        decision);

    private GrainStep Step(object? reply, LedgerDecision decision) => decision.Event is { } @event
        ? new GrainStep(reply, @event, _state.NextDeadlineAfter(@event))
        : new GrainStep(reply);

    private object MandateOf(GetMandateOf query) =>
        LedgerQueries.GetMandate(_state, query.Mandate) is { } standing
            && standing.Mandate.Principal == query.Principal
                ? new Domain.Wire.Messages.MandateState(
                    standing.AsOf.Value,
                    standing.Mandate,
                    standing.Status,
                    standing.Revision,
                    standing.Usage.HeldMinor,
                    standing.Usage.PostedMinor,
                    standing.WindowUsedMinor,
                    standing.OpenHolds,
                    standing.Deals)
                : new LedgerRefused(LedgerRefusal.MandateUnknown);

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
