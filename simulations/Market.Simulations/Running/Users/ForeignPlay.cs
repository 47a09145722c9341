using System.Runtime.ExceptionServices;

namespace Market.Simulations.Running.Users;

/// <summary>
/// Plays negotiations with foreign strategies on a thread of their own, and watches them from the caller's. .NET has no
/// safe way to stop a thread, so one whose act takes too long is left behind: the negotiation is over for the caller,
/// the thread ends when the act does, and the next negotiation gets another one.
/// </summary>
internal sealed class ForeignPlay : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly TimeSpan _pollInterval;
    private PlayThread? _thread;

    /// <summary>Makes one for a worker.</summary>
    /// <param name="limit">What one act may take.</param>
    public ForeignPlay(TimeSpan limit)
    {
        _limit = limit;
        _pollInterval = TimeSpan.FromMilliseconds(Math.Clamp(limit.TotalMilliseconds / 8, 1, 100));
    }

    /// <summary>Plays to the end, or until an act takes too long.</summary>
    /// <param name="play">What is played; it gives each foreign strategy the clock.</param>
    /// <returns>How it went.</returns>
    /// <exception cref="Exception">What the play itself threw.</exception>
    public ForeignPlayResult Play(Action<ActClock> play)
    {
        var clock = new ActClock(_limit);
        _thread ??= new PlayThread();
        var job = _thread.Start(() => play(clock));
        while (!job.Ended.Wait(_pollInterval))
        {
            if (clock.IsOverdue())
            {
                _thread.Dispose();
                _thread = null;
                return new ForeignPlayResult(clock.OverdueSeat, job.Ended);
            }
        }

        job.Failure?.Throw();
        return default;
    }

    /// <inheritdoc/>
    public void Dispose() => _thread?.Dispose();

    /// <summary>One play: what it does, and how it ended.</summary>
    private sealed class Job(Action play)
    {
        public ManualResetEventSlim Ended { get; } = new();

        public ExceptionDispatchInfo? Failure { get; private set; }

        public void Run()
        {
            try
            {
                play();
            }
            catch (Exception e)
            {
                // It is thrown again on the thread that asked for the play.
                Failure = ExceptionDispatchInfo.Capture(e);
            }

            Ended.Set();
        }
    }

    /// <summary>
    /// A thread that plays one negotiation after the other; disposed, it ends after the one it plays.
    /// </summary>
    private sealed class PlayThread : IDisposable
    {
        private readonly System.Collections.Concurrent.BlockingCollection<Job> _jobs = [];

        public PlayThread() => new Thread(Loop) { IsBackground = true, Name = "foreign strategies" }.Start();

        public Job Start(Action play)
        {
            var job = new Job(play);
            _jobs.Add(job);
            return job;
        }

        public void Dispose() => _jobs.CompleteAdding();

        private void Loop()
        {
            foreach (var job in _jobs.GetConsumingEnumerable())
            {
                job.Run();
            }

            _jobs.Dispose();
        }
    }
}
