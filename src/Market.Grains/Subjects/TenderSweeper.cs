using System.Collections.Concurrent;
using Market.Domain;
using Market.Domain.Settling;
using Market.Domain.Tendering;
using Market.Grains.Hosting;
using Market.Grains.Searching;

namespace Market.Grains.Subjects;

/// <summary>
/// Tells open tenders that what they ask for has been bought, until each has ended. What is to be told follows from the
/// journal, so it is told again after any restart.
/// </summary>
public sealed class TenderSweeper : IAsyncDisposable
{
    private static readonly TimeSpan SleepMin = TimeSpan.FromMilliseconds(1);

    private readonly OpenTenders _tenders;
    private readonly SubjectWatch _subjects;
    private readonly IGrainCluster _cluster;
    private readonly Action<Exception> _onError;
    private readonly ConcurrentQueue<RequestId> _toLookAt = new();
    private readonly HashSet<RequestId> _filled = [];
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private bool _isClosed;

    /// <summary>Makes it; <see cref="Start"/> starts it.</summary>
    /// <param name="tenders">The open tenders; started before this.</param>
    /// <param name="subjects">What is left of needs; started before this.</param>
    /// <param name="cluster">Where grains are told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onError">Takes an error of the cluster; it is tried again after the retry interval.</param>
    public TenderSweeper(
        OpenTenders tenders,
        SubjectWatch subjects,
        IGrainCluster cluster,
        TimeProvider time,
        Action<Exception> onError)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_tenders, _subjects, _cluster, _onError) = (tenders, subjects, cluster, onError);
        _timer = time.CreateTimer(
            static state => ((TenderSweeper)state!).OnTimer(), this, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins to tell: first those who should have been told before this process started.</summary>
    public void Start()
    {
        Follow();
        Wake(SleepMin);
    }

    /// <summary>Notes from now on what ends, and what has ended so far; the sweeper calls it when it starts.</summary>
    public void Follow()
    {
        _subjects.SomethingGone = LookAt;
        _tenders.OneOpened = LookAt;
        foreach (var request in _tenders.Requests)
        {
            _toLookAt.Enqueue(request);
        }
    }

    /// <summary>
    /// Tells every open tender whose need is filled; returns how many. The sweeper calls it by itself.
    /// </summary>
    public int Sweep()
    {
        var told = 0;
        lock (_filled)
        {
            while (_toLookAt.TryDequeue(out var request))
            {
                if (_subjects.AvailableOf(Asset.Need(request)) <= 0)
                {
                    _filled.Add(request);
                }
            }

            _filled.RemoveWhere(request => _tenders.Of(request).Count == 0);
            foreach (var tender in _filled.SelectMany(_tenders.Of))
            {
                _cluster.Tell(GrainId.Of(tender), NeedFilled.Instance);
                told++;
            }
        }

        return told;
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

    private void LookAt(Asset gone)
    {
        if (gone.Kind == AssetKind.Need)
        {
            LookAt(new RequestId(gone.Subject));
        }
    }

    private void LookAt(RequestId request)
    {
        _toLookAt.Enqueue(request);
        Wake(SleepMin);
    }

    private void OnTimer()
    {
        var isAnyoneToTell = true;
        try
        {
            isAnyoneToTell = Sweep() > 0;
        }
        catch (Exception error)
        {
            _onError(error);
        }

        if (!_toLookAt.IsEmpty)
        {
            Wake(SleepMin);
        }
        else if (isAnyoneToTell)
        {
            Wake(TenderMachine.RetryInterval);
        }
    }

    private void Wake(TimeSpan after)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _timer.Change(after, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
