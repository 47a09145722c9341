using System.Runtime;

namespace Market.Simulations.Running.Users;

/// <summary>
/// Plays negotiations with foreign strategies on a thread of their own, and watches them from the caller's. An act that
/// takes too long is stopped where it is, even in an endless loop. What cannot be stopped (a wait in native code, a
/// loop in a finally) is left behind on its thread, and the next negotiation gets another one.
/// </summary>
internal sealed class ForeignPlay : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
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
        using var stop = new CancellationTokenSource();
        _thread ??= new PlayThread();
        var done = _thread.Start(() => play(clock), stop.Token);
        while (!done.Wait(_pollInterval))
        {
            if (!clock.IsOverdue())
            {
                continue;
            }

            // Cancelling waits until the thread has stopped, which may be never.
            var cancelling = stop.CancelAsync();
            if (done.Wait(Grace))
            {
                cancelling.Wait();
                return new ForeignPlayResult(clock.OverdueSeat, WasLeftBehind: false);
            }

            _thread = null;
            return new ForeignPlayResult(clock.OverdueSeat, WasLeftBehind: true);
        }

        _thread.RethrowFailure();
        return default;
    }

    /// <inheritdoc/>
    public void Dispose() => _thread?.Dispose();

    /// <summary>A thread that plays one negotiation after the other.</summary>
    private sealed class PlayThread : IDisposable
    {
        private readonly SemaphoreSlim _asked = new(0);
        private readonly ManualResetEventSlim _done = new();
        private (Action Play, CancellationToken Stop)? _job;
        private System.Runtime.ExceptionServices.ExceptionDispatchInfo? _failure;

        public PlayThread() =>
            new Thread(Loop) { IsBackground = true, Name = "foreign strategies" }.Start();

        public ManualResetEventSlim Start(Action play, CancellationToken stop)
        {
            _done.Reset();
            _failure = null;
            _job = (play, stop);
            _asked.Release();
            return _done;
        }

        public void RethrowFailure() => _failure?.Throw();

        public void Dispose()
        {
            _job = null;
            _asked.Release();
        }

        private void Loop()
        {
            while (true)
            {
                _asked.Wait();
                if (_job is not { } job)
                {
                    return;
                }

                try
                {
#pragma warning disable SYSLIB0046 // It may leave locks and statics of the stopped code in disorder: its own ones.
                    ControlledExecution.Run(job.Play, job.Stop);
#pragma warning restore SYSLIB0046
                }
                catch (OperationCanceledException) when (job.Stop.IsCancellationRequested)
                {
                    // The watching thread has stopped the play, and knows the seat.
                }
                catch (Exception e)
                {
                    _failure = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e);
                }

                _done.Set();
            }
        }
    }
}
