using System.Collections.Concurrent;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Subjects;
using Market.Grains.Watching;

namespace Market.Testing.Hosting;

/// <summary>
/// A whole market in this process: the real grains, cluster, sweeper and feed over a journal of the caller's choice,
/// with a clock that stands still until it is moved, and no sockets. Two of them over one journal are two processes
/// that each think to be the only one.
/// </summary>
public sealed partial class InProcessMarket : IAsyncDisposable
{
    private const int QuietRounds = 3;

    private readonly InProcessMarketOptions _options;
    private readonly ConcurrentDictionary<GrainId, bool> _busy = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly List<NegotiationSweeper> _watchSweepers = [];
    private readonly List<JournalProjection> _watches = [];
    private MarketGrains _grains = null!;
    private AgentFeed _feed = null!;
    private EmbeddedCluster _cluster = null!;
    private DeadlineSweeper _sweeper = null!;
    private TenderSweeper? _tenderSweeper;
    private volatile LedgerGrain? _ledger;

    private InProcessMarket(InProcessMarketOptions options)
    {
        _options = options;
        Clock = options.Clock ?? new ManualClock();
    }

    /// <summary>The market.</summary>
    public MarketId Id => _options.Market;

    /// <summary>The clock; <see cref="AdvanceAsync"/> also waits for what the time brings about.</summary>
    public ManualClock Clock { get; }

    /// <summary>The moment on the clock.</summary>
    public LedgerTime Now => LedgerTime.FromUtc(Clock.GetUtcNow());

    /// <summary>The journal.</summary>
    public IJournal Journal { get; private set; } = null!;

    /// <summary>The port to the grains.</summary>
    public IGrainCluster Cluster => _cluster;

    /// <summary>Counts of the cluster: messages, overloads, activations that lost an append.</summary>
    public ClusterMetrics Metrics => _cluster.Metrics;

    /// <summary>What an operator would have heard of, in sentences; injected faults are among them.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>Starts a market; over a journal with rows it goes on where they end.</summary>
    /// <exception cref="StoreException">The journal refused to be read.</exception>
    public static async Task<InProcessMarket> StartAsync(InProcessMarketOptions? options = null)
    {
        var market = new InProcessMarket(options ?? new InProcessMarketOptions());
        try
        {
            await market.StartPartsAsync().ConfigureAwait(false);
            return market;
        }
        catch
        {
            await market.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Asks any grain, as the gateway does.</summary>
    /// <exception cref="OutcomeUnknownException">Whether it was done is unknown; ask again the same.</exception>
    /// <exception cref="GrainOverloadedException">Something was full; nothing was done.</exception>
    public ValueTask<object> AskAsync(GrainId grain, object message)
    {
        _busy.TryAdd(grain, true);
        return _cluster.AskAsync(grain, message);
    }

    /// <summary>Sends a command to the ledger.</summary>
    /// <inheritdoc cref="AskAsync(GrainId, object)"/>
    public async ValueTask<LedgerAnswer> AskAsync(LedgerCommand command) =>
        (LedgerAnswer)await AskAsync(GrainId.Ledger, command).ConfigureAwait(false);

    /// <summary>
    /// Opens a negotiation or acts in one; the answer is an <see cref="ActRecorded"/> or a refusal.
    /// </summary>
    /// <inheritdoc cref="AskAsync(GrainId, object)"/>
    public ValueTask<object> AskAsync(NegotiationCommand command)
    {
        var negotiation = command switch
        {
            OpenNegotiationCommand open => open.Negotiation,
            PerformAct perform => perform.Act.Negotiation,
            _ => throw new ArgumentException($"No agent sends a {command?.GetType().Name}.", nameof(command)),
        };
        return AskAsync(GrainId.Of(negotiation), command);
    }

    /// <summary>An agent's events after a position, as the gateway pushes them.</summary>
    public IAsyncEnumerable<JournalRow> SubscribeAsync(
        AgentNumber agent, long afterPosition, CancellationToken cancellationToken) =>
        _cluster.SubscribeAsync(agent, afterPosition, cancellationToken);

    /// <summary>
    /// Completes when every grain has handled what it was asked and told, and nothing more is on its way between them.
    /// Time does not pass. It waits for a stalled journal to be resumed.
    /// </summary>
    public async Task SettleDownAsync()
    {
        // A tell is in its mailbox before the answer that caused it leaves, and mailboxes are first in, first out: so a
        // round in which each grain says "still there" delivers all tells, and a few without a new row end them.
        ICollection<GrainId> busy = [];
        for (var quiet = 0; quiet < QuietRounds; quiet++)
        {
            var before = Journal.Head;
            _watchSweepers.ForEach(static sweeper => sweeper.Sweep());
            _tenderSweeper?.Sweep();
            await WaitForTurnAsync(GrainId.Ledger).ConfigureAwait(false);
            busy = _busy.Keys;
            foreach (var grain in busy)
            {
                await WaitForTurnAsync(grain).ConfigureAwait(false);
            }

            quiet = Journal.Head == before ? quiet : -1;
        }

        // Whoever is told something later is so by the ledger, which answers, or by the sweeper, which is noted.
        foreach (var grain in busy)
        {
            _busy.TryRemove(grain, out _);
        }
    }

    /// <summary>
    /// Moves the clock on, from one deadline to the next, and completes when all that came due has been done.
    /// </summary>
    /// <exception cref="StoreException">The journal refused to say who is due.</exception>
    public async Task AdvanceAsync(TimeSpan span)
    {
        var end = Now + span;
        do
        {
            var next = _sweeper.Deadlines.Earliest is { } due && due < end ? due : end;
            Clock.Advance(next > Now ? next - Now : TimeSpan.Zero);
            await _sweeper.SweepAsync().ConfigureAwait(false);
            await SettleDownAsync().ConfigureAwait(false);
        }
        while (Now < end);
    }

    /// <summary>The book as the journal alone tells it.</summary>
    /// <exception cref="InvalidDataException">A row does not follow the one before.</exception>
    public Task<LedgerReplay> ReplayLedgerAsync() => LedgerReplay.ReadAsync(Journal, Id);

    /// <summary>The events of a negotiation, from the journal.</summary>
    public async Task<IReadOnlyList<NegotiationEvent>> ReadNegotiationAsync(NegotiationId negotiation)
    {
        var rows = await LedgerReplay.ReadRowsAsync(Journal, GrainId.Of(negotiation)).ConfigureAwait(false);
        var codec = new WireEventCodec();
        return [.. rows.Select(row => (NegotiationEvent)codec.Decode(row.Body.Span))];
    }

    /// <summary>
    /// Whether the ledger in memory has the state, byte for byte, that a fresh one folds from the journal (INV-15).
    /// Call it when the market has settled down; true where no ledger is in memory.
    /// </summary>
    public async Task<bool> LedgerEqualsItsReplayAsync()
    {
        if (_ledger is not { } live)
        {
            return true;
        }

        var codec = new WireEventCodec();
        var replayed = (LedgerGrain)_grains.Create(GrainId.Ledger)!;
        foreach (var row in await LedgerReplay.ReadRowsAsync(Journal, GrainId.Ledger).ConfigureAwait(false))
        {
            replayed.Apply(codec.Decode(row.Body.Span));
            replayed.Advance(row.Hash);
        }

        return live.SaveState().Encode().AsSpan().SequenceEqual(replayed.SaveState().Encode());
    }

    /// <summary>
    /// Ends everything in memory and starts anew: with an empty journal, or over the caller's as it is. The clock
    /// stays.
    /// </summary>
    public async Task ResetAsync()
    {
        await DisposeAsync().ConfigureAwait(false);
        _watches.Clear();
        _watchSweepers.Clear();
        _busy.Clear();
        _errors.Clear();
        (_ledger, _tenderSweeper) = (null, null);
        await StartPartsAsync().ConfigureAwait(false);
    }

    /// <summary>Completes what was accepted and ends; the caller's journal stays open.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sweeper.DisposeAsync().ConfigureAwait(false);
        await _cluster.DisposeAsync().ConfigureAwait(false);
        foreach (var sweeper in _watchSweepers)
        {
            await sweeper.DisposeAsync().ConfigureAwait(false);
        }

        if (_tenderSweeper is { } tenders)
        {
            await tenders.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var watch in _watches)
        {
            await watch.DisposeAsync().ConfigureAwait(false);
        }

        await _feed.DisposeAsync().ConfigureAwait(false);
    }

    private async Task WaitForTurnAsync(GrainId grain)
    {
        for (var isFull = true; isFull;)
        {
            try
            {
                isFull = false;
                await _cluster.AskAsync(grain, StillThere.Instance).ConfigureAwait(false);
            }
            catch (GrainOverloadedException)
            {
                isFull = true;
                await Task.Yield();
            }
            catch (Exception error) when (error is GrainFaultException or OutcomeUnknownException)
            {
                // Any answer will do: that no grain takes this message is the point, and so it changes nothing.
            }
        }
    }
}
