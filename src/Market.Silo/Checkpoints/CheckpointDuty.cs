using Market.Grains.Hosting;

namespace Market.Silo.Checkpoints;

/// <summary>
/// Publishes checkpoints where several silos share the file: only the one that has the duty opens it. A silo that takes
/// the duty over reads what was published before it goes on.
/// </summary>
internal sealed class CheckpointDuty : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Func<CancellationToken, Task<CheckpointFile?>> _open;
    private readonly Func<CheckpointFile, CheckpointExporter> _start;
    private readonly Func<ISoleDuty> _duty;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    private CheckpointDuty(
        Func<CancellationToken, Task<CheckpointFile?>> open, Func<CheckpointFile, CheckpointExporter> start,
        Func<ISoleDuty> duty, ILogger log)
    {
        (_open, _start, _duty, _log) = (open, start, duty, log);
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Begins; nothing is opened before this silo has the duty.</summary>
    /// <param name="open">Opens the file and compares the store with it.</param>
    /// <param name="start">Starts to publish to it.</param>
    /// <param name="duty">Says whether this silo publishes.</param>
    /// <param name="log">Where the operator looks.</param>
    public static CheckpointDuty Start(
        Func<CancellationToken, Task<CheckpointFile?>> open, Func<CheckpointFile, CheckpointExporter> start,
        Func<ISoleDuty> duty, ILogger log) => new(open, start, duty, log);

    /// <summary>Publishes the last one, where it is this silo's to do, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _duty().WaitAsync(_stop.Token).ConfigureAwait(false);
                await PublishAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever hinders it (the silo before may not have closed the file yet) is tried again.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _log.LogError(error, "This silo cannot publish checkpoints; trying on.");
            }

            await Task.Delay(LookEvery, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PublishAsync()
    {
        if (await _open(_stop.Token).ConfigureAwait(false) is not { } file)
        {
            return;
        }

        var exporter = _start(file);
        await using (exporter.ConfigureAwait(false))
        {
            while (_duty().IsHeld && !_stop.IsCancellationRequested)
            {
                await Task.Delay(LookEvery, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
