namespace Market.Grains.Journaling;

/// <summary>
/// Gives out numbers of streams from blocks that a shared store lends. One caller at a time fetches the next block.
/// </summary>
/// <param name="blockSize">Numbers in a block.</param>
/// <param name="reserve">Fetches a block; its first number.</param>
internal sealed class StreamNumbers(int blockSize, Func<CancellationToken, ValueTask<long>> reserve) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _fetching = new(1);
    private long _next;
    private long _end;

    /// <summary>A number that nobody else gets.</summary>
    public async ValueTask<long> NextAsync(CancellationToken cancellationToken)
    {
        if (TryTake(out var number))
        {
            return number;
        }

        await _fetching.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (!TryTake(out number))
            {
                var first = await reserve(cancellationToken).ConfigureAwait(false);
                lock (_gate)
                {
                    (_next, _end) = (first, first + blockSize);
                }
            }

            return number;
        }
        finally
        {
            _fetching.Release();
        }
    }

    public void Dispose() => _fetching.Dispose();

    private bool TryTake(out long number)
    {
        lock (_gate)
        {
            number = _next;
            if (_next == _end)
            {
                return false;
            }

            _next++;
            return true;
        }
    }
}
