using System.Collections.Concurrent;

namespace Market.Grains.Journaling;

/// <summary>
/// Readers that are lent out one call at a time; a few are kept, more are opened when many threads read.
/// </summary>
internal sealed class SqliteReaderPool(string path, TimeSpan busyTimeout) : IDisposable
{
    private const int KeptMax = 8;

    private readonly ConcurrentStack<SqliteReader> _idle = new();
    private volatile bool _isClosed;

    /// <summary>Runs one read.</summary>
    /// <exception cref="StoreException">The store is damaged, or could not be read.</exception>
    public TResult Read<TState, TResult>(TState state, Func<SqliteReader, TState, TResult> read)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (!_idle.TryPop(out var reader))
        {
            reader = new SqliteReader(path, busyTimeout);
        }

        var isSound = false;
        try
        {
            var result = read(reader, state);
            isSound = true;
            return result;
        }
        finally
        {
            GiveBack(reader, isSound);
        }
    }

    public void Dispose()
    {
        _isClosed = true;
        while (_idle.TryPop(out var reader))
        {
            reader.Dispose();
        }
    }

    private void GiveBack(SqliteReader reader, bool isSound)
    {
        if (!isSound || _isClosed || _idle.Count >= KeptMax)
        {
            reader.Dispose();
            return;
        }

        _idle.Push(reader);
        if (_isClosed && _idle.TryPop(out var late))
        {
            late.Dispose();
        }
    }
}
