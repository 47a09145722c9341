using Market.Domain;
using Market.Grains.Journaling;

namespace Market.Grains.Tests.Journaling;

/// <summary>Remembers what it was told of, in order.</summary>
internal sealed class OrderObserver : ICommitObserver
{
    private readonly Lock _gate = new();
    private readonly List<(long Position, Hash256 Hash)> _rows = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];

    public long Last
    {
        get
        {
            lock (_gate)
            {
                return _rows.Count == 0 ? 0 : _rows[^1].Position;
            }
        }
    }

    public IReadOnlyList<(long Position, Hash256 Hash)> Rows
    {
        get
        {
            lock (_gate)
            {
                return [.. _rows];
            }
        }
    }

    /// <summary>Completes once it has been told of so many rows.</summary>
    public Task WhenSeen(int count)
    {
        lock (_gate)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            Complete();
            return reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    public void OnCommitted(ReadOnlySpan<PendingAppend> appends)
    {
        lock (_gate)
        {
            foreach (var append in appends)
            {
                _rows.Add((append.Row.Position, append.Row.Hash));
            }

            Complete();
        }
    }

    private void Complete()
    {
        foreach (var (_, reached) in _waiting.Where(one => one.Count <= _rows.Count))
        {
            reached.TrySetResult();
        }
    }
}
