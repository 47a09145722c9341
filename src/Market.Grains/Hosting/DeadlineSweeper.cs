using Market.Domain;
using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>
/// Turns armed deadlines into messages. It needs no engine's timers and survives any restart: what is armed stands in
/// the journal. It sleeps until the earliest deadline, but a second at most, so that a clock that is set forward is
/// noticed.
/// </summary>
public sealed class DeadlineSweeper : IAsyncDisposable
{
    /// <summary>How long a grain has for its answer before it is told again.</summary>
    public static readonly TimeSpan RetryIntervalDefault = TimeSpan.FromSeconds(2);

    private const int StreamsAtOnce = 1_000;

    private static readonly TimeSpan SleepMax = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SleepMin = TimeSpan.FromMilliseconds(1);
    private static readonly DeadlineReached Reached = new();

    private readonly IJournal _journal;
    private readonly IGrainCluster _cluster;
    private readonly TimeProvider _time;
    private readonly TimeSpan _retryInterval;
    private readonly Action<Exception> _onError;
    private readonly ITimer _timer;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _sleepGate = new();
    private bool _isWoken;
    private volatile bool _isClosed;

    /// <summary>Makes it; <see cref="StartAsync"/> starts it.</summary>
    /// <param name="journal">Where deadlines stand.</param>
    /// <param name="cluster">Where grains are told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onError">Takes an error of the storage; the sweep is tried again after the retry interval.</param>
    /// <param name="retryInterval">How long until a grain is told again; 2 s by default.</param>
    public DeadlineSweeper(
        IJournal journal,
        IGrainCluster cluster,
        TimeProvider time,
        Action<Exception> onError,
        TimeSpan? retryInterval = null)
    {
        _journal = journal;
        _cluster = cluster;
        _time = time;
        _onError = onError;
        _retryInterval = retryInterval ?? RetryIntervalDefault;
        ArgumentOutOfRangeException.ThrowIfLessThan(_retryInterval, SleepMin, nameof(retryInterval));
        Deadlines = new ArmedDeadlines(journal);
        _timer = time.CreateTimer(
            static state => ((DeadlineSweeper)state!).OnTimer(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>What is armed.</summary>
    public ArmedDeadlines Deadlines { get; }

    /// <summary>Reads what is armed and begins to sweep; from its return on no deadline is missed.</summary>
    /// <exception cref="StoreException">The storage refused.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await Deadlines.StartAsync(cancellationToken).ConfigureAwait(false);
        Deadlines.EarliestMoved = WakeUp;
        WakeUp();
    }

    /// <summary>Tells every grain that is due now; returns how many. The sweeper calls it by itself.</summary>
    /// <exception cref="StoreException">
    /// The storage refused; whoever was not told is told after the retry interval.
    /// </exception>
    public async ValueTask<int> SweepAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var told = 0;
            while (!_isClosed)
            {
                var now = LedgerTime.FromUtc(_time.GetUtcNow());
                var due = Deadlines.TakeDue(now, now + _retryInterval, StreamsAtOnce);
                foreach (var stream in due)
                {
                    if (await _journal.FindStreamAsync(stream, cancellationToken).ConfigureAwait(false) is { } grain)
                    {
                        _cluster.Tell(grain, Reached);
                        told++;
                    }
                }

                if (due.Count < StreamsAtOnce)
                {
                    break;
                }
            }

            return told;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends sweeping and saves what is armed.</summary>
    /// <exception cref="StoreException">The storage refused.</exception>
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _turn.WaitAsync().ConfigureAwait(false);
        _turn.Release();
        await Deadlines.DisposeAsync().ConfigureAwait(false);
    }

    private async void OnTimer()
    {
        lock (_sleepGate)
        {
            _isWoken = false;
        }

        var pause = SleepMin;
        try
        {
            await SweepAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            _onError(error);
            pause = _retryInterval;
        }

        var untilNext = Deadlines.Earliest is { } next ? next - LedgerTime.FromUtc(_time.GetUtcNow()) : SleepMax;
        Sleep(untilNext > pause ? untilNext : pause);
    }

    private void WakeUp()
    {
        lock (_sleepGate)
        {
            _isWoken = true;
            SetTimer(SleepMin);
        }
    }

    private void Sleep(TimeSpan pause)
    {
        lock (_sleepGate)
        {
            // A deadline armed since the sweep began has set the timer already, and earlier.
            if (!_isWoken)
            {
                SetTimer(pause < SleepMax ? pause : SleepMax);
            }
        }
    }

    private void SetTimer(TimeSpan pause)
    {
        if (!_isClosed)
        {
            _timer.Change(pause, Timeout.InfiniteTimeSpan);
        }
    }
}
