using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>Counts the settled deals that have become durable, and bounds how many are on their way.</summary>
/// <param name="unsettledMax">Deals that may be begun and not settled yet.</param>
internal sealed class SettledCounter(int unsettledMax = int.MaxValue) : ICommitObserver, IDisposable
{
    private static readonly int SettledNumber = WireCatalog.NumberOf(typeof(DealSettled));

    private readonly SemaphoreSlim _room = new(unsettledMax);
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiting;
    private int _wanted;
    private int _count;

    public void OnCommitted(ReadOnlySpan<PendingAppend> appends)
    {
        var settled = 0;
        foreach (var append in appends)
        {
            if (append.Grain.Kind == GrainKind.Negotiation && NumberOf(append.Row.Body.Span) == SettledNumber)
            {
                settled++;
            }
        }

        if (settled == 0)
        {
            return;
        }

        if (unsettledMax != int.MaxValue)
        {
            _room.Release(settled);
        }

        lock (_gate)
        {
            _count += settled;
            if (_count >= _wanted)
            {
                _waiting?.TrySetResult();
            }
        }
    }

    /// <summary>
    /// Waits until another deal may be begun: agents wait for their deals to settle, and do not heap them up.
    /// </summary>
    public Task WaitForRoomAsync() => _room.WaitAsync();

    public void Dispose() => _room.Dispose();

    public Task WaitAsync(int count, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _wanted = count;
            _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_count >= count)
            {
                _waiting.SetResult();
            }

            return _waiting.Task.WaitAsync(TimeSpan.FromMinutes(2), cancellationToken);
        }
    }

    private static long NumberOf(ReadOnlySpan<byte> body)
    {
        var reader = new MessagePackReader(body);
        reader.BeginArray();
        return reader.ReadInt64();
    }
}
