using Market.Domain;
using Market.Grains.Hosting;

namespace Market.Grains.Watching;

/// <summary>
/// Tells open negotiations that something they depend on has ended, until each has ended itself. What is to be told
/// follows from the journal, so it is told again after any restart.
/// </summary>
public sealed class NegotiationSweeper : IAsyncDisposable
{
    /// <summary>How long a negotiation has to end before it is told again.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    private const int NegotiationsAtOnce = 1_000;
    private static readonly TimeSpan SleepMin = TimeSpan.FromMilliseconds(1);

    private readonly INegotiationWatch _watch;
    private readonly IGrainCluster _cluster;
    private readonly TimeProvider _time;
    private readonly Action<Exception> _onError;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private bool _isWoken;
    private bool _isClosed;

    /// <summary>Makes it; <see cref="Start"/> starts it.</summary>
    /// <param name="watch">Who knows who has to be told; started before this.</param>
    /// <param name="cluster">Where grains are told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onError">Takes an error of the cluster; it is tried again after the retry interval.</param>
    public NegotiationSweeper(
        INegotiationWatch watch, IGrainCluster cluster, TimeProvider time, Action<Exception> onError)
    {
        ArgumentNullException.ThrowIfNull(time);
        _watch = watch;
        _cluster = cluster;
        _time = time;
        _onError = onError;
        _timer = time.CreateTimer(
            static state => ((NegotiationSweeper)state!).OnTimer(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins to tell: first those who should have been told before this process started.</summary>
    public void Start()
    {
        _watch.SomebodyToTell = WakeUp;
        WakeUp();
    }

    /// <summary>Tells every negotiation that is due; returns how many. The sweeper calls it by itself.</summary>
    public int Sweep()
    {
        var now = LedgerTime.FromUtc(_time.GetUtcNow());
        var due = _watch.Take(now, now + RetryInterval, NegotiationsAtOnce);
        foreach (var (negotiation, word) in due)
        {
            _cluster.Tell(GrainId.Of(negotiation), word);
        }

        return due.Count;
    }

    /// <summary>Ends telling.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        return _timer.DisposeAsync();
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            _isWoken = false;
        }

        var pause = RetryInterval;
        try
        {
            pause = Sweep() == NegotiationsAtOnce ? SleepMin
                : _watch.IsAnyoneToTell ? RetryInterval
                : Timeout.InfiniteTimeSpan;
        }
        catch (Exception error)
        {
            _onError(error);
        }

        Sleep(pause);
    }

    private void WakeUp()
    {
        lock (_gate)
        {
            _isWoken = true;
            SetTimer(SleepMin);
        }
    }

    private void Sleep(TimeSpan pause)
    {
        lock (_gate)
        {
            // Whoever came since the sweep began has set the timer already, and earlier.
            if (!_isWoken)
            {
                SetTimer(pause);
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
