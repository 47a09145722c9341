using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Market.Silo.Commands.Demo;

/// <summary>
/// What runs at the same time in a demonstration. The first failure stops everything and is what the demonstration ends
/// with: nobody waits for an agent that is no more.
/// </summary>
internal sealed class DemoTasks : IDisposable
{
    private readonly ConcurrentBag<Task> _running = [];
    private readonly CancellationTokenSource _stop;
    private Exception? _failure;

    /// <summary>Prepares it.</summary>
    /// <param name="cancellationToken">Stops everything.</param>
    public DemoTasks(CancellationToken cancellationToken) =>
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    /// <summary>Whether something has failed, so that everything stops.</summary>
    public bool HasFailed => Volatile.Read(ref _failure) is not null;

    /// <summary>Starts something that runs until it ends, or everything stops.</summary>
    /// <param name="run">What to run; its token is cancelled when everything stops.</param>
    public void Start(Func<CancellationToken, Task> run) => _running.Add(GuardAsync(run));

    /// <summary>Runs something until it ends, or everything stops; what it fails with is thrown by the stop.</summary>
    public Task RunAsync(Func<CancellationToken, Task> run) => GuardAsync(run);

    /// <summary>
    /// Stops everything that was started, waits for its end, and throws the first failure if there was one.
    /// </summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        while (_running.TryTake(out var running))
        {
            await running.ConfigureAwait(false);
        }

        if (_failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private async Task GuardAsync(Func<CancellationToken, Task> run)
    {
        // Off the caller's thread, which has others to start.
        await Task.Yield();
        try
        {
            await run(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // This is how everything stops; whoever asked for it knows why.
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _failure, failure, null);
            await _stop.CancelAsync().ConfigureAwait(false);
        }
    }
}
