using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>Counts the settled deals that have become durable.</summary>
internal sealed class SettledCounter : ICommitObserver
{
    private static readonly int SettledNumber = WireCatalog.NumberOf(typeof(DealSettled));

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

        lock (_gate)
        {
            _count += settled;
            if (_count >= _wanted)
            {
                _waiting?.TrySetResult();
            }
        }
    }

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
