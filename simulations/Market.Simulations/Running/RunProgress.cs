namespace Market.Simulations.Running;

/// <summary>How far a run is; written by the run, read by whoever shows it, on any thread.</summary>
internal sealed class RunProgress
{
    private long _done;
    private long _offers;

    /// <summary>Begins.</summary>
    /// <param name="total">Negotiations of the run.</param>
    /// <param name="first">Those that were finished before.</param>
    public RunProgress(long total, long first) => (Total, First, _done) = (total, first, first);

    /// <summary>Negotiations of the run.</summary>
    public long Total { get; }

    /// <summary>Those that were finished before.</summary>
    public long First { get; }

    /// <summary>Negotiations that are finished and written.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>Offers made in this session.</summary>
    public long Offers => Interlocked.Read(ref _offers);

    /// <summary>Raised once, when the first result is written.</summary>
    public event Action? Begun;

    /// <summary>Adds what was written.</summary>
    public void Add(long negotiations, long offers)
    {
        Interlocked.Add(ref _offers, offers);
        if (Interlocked.Add(ref _done, negotiations) == First + negotiations)
        {
            Begun?.Invoke();
        }
    }
}
