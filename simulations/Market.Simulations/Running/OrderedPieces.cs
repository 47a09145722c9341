using Market.Simulations.Results;

namespace Market.Simulations.Running;

/// <summary>
/// Gives out the numbers of negotiations to workers, and takes their pieces back in any order, to be written in the
/// order of numbers by whichever worker brings the next one. What is finished and not yet written is bounded: a worker
/// that is too far ahead waits.
/// </summary>
internal sealed class OrderedPieces
{
    // The first ones are few, so that there is a result soon; later ones many, so that a piece is worth a call to the
    // operating system, which takes as long for a short piece as for one of 64 KiB.
    private const int ClaimFirst = 16;
    private const int ClaimMax = 256;

    private const int AheadMax = 2048; // negotiations; with their acts some 10 MB at 100 rounds

    private readonly object _gate = new();
    private readonly Dictionary<long, ResultPiece> _waiting = [];
    private readonly Stack<ResultPiece> _free = [];
    private readonly Action<ResultPiece> _write;
    private readonly long _start;
    private readonly long _end;
    private readonly int _workers;
    private long _claimed;
    private long _next;
    private bool _isWriting;
    private bool _isStopped;

    /// <summary>Begins.</summary>
    /// <param name="start">Number of the first negotiation.</param>
    /// <param name="end">Number after the last one.</param>
    /// <param name="workers">Workers that share them.</param>
    /// <param name="write">Takes the pieces in order, one at a time, from any worker's thread.</param>
    public OrderedPieces(long start, long end, int workers, Action<ResultPiece> write)
    {
        (_start, _claimed, _next, _end, _workers, _write) = (start, start, start, end, workers, write);
    }

    /// <summary>Number of the first negotiation that is not written.</summary>
    public long Next => Volatile.Read(ref _next);

    /// <summary>Gives a worker the numbers of its next negotiations; waits while it would be too far ahead.</summary>
    /// <param name="isSlow">Whether negotiations take so long that each is given out alone.</param>
    /// <param name="claim">The first number, and how many.</param>
    /// <returns>False when there are no more, or all are to stop.</returns>
    public bool TryClaim(bool isSlow, out (long Start, int Count) claim)
    {
        lock (_gate)
        {
            while (_claimed - _next >= AheadMax && !_isStopped)
            {
                Monitor.Wait(_gate);
            }

            var fair = Math.Max(1, (_end - _claimed) / (4 * _workers));
            var grown = Math.Clamp((_next - _start) / (4 * _workers), ClaimFirst, ClaimMax);
            var count = _isStopped ? 0 : Math.Min(_end - _claimed, isSlow ? 1 : Math.Min(grown, fair));
            claim = (_claimed, (int)count);
            _claimed += count;
            return count > 0;
        }
    }

    /// <summary>Lets all workers end after what they have begun.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>A piece to fill.</summary>
    public ResultPiece Rent(long start)
    {
        ResultPiece? piece;
        lock (_gate)
        {
            _free.TryPop(out piece);
        }

        piece ??= new ResultPiece();
        piece.Restart(start);
        return piece;
    }

    /// <summary>Takes a piece, and writes whatever is next in order.</summary>
    public void Complete(ResultPiece piece)
    {
        lock (_gate)
        {
            _waiting.Add(piece.Start, piece);
            if (_isWriting)
            {
                return;
            }

            _isWriting = true;
        }

        while (TryTakeNext(out var next))
        {
            _write(next);
            lock (_gate)
            {
                Volatile.Write(ref _next, next.End);
                _free.Push(next);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private bool TryTakeNext([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ResultPiece? next)
    {
        lock (_gate)
        {
            _isWriting = _waiting.Remove(_next, out next);
            return _isWriting;
        }
    }
}
