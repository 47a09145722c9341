using System.Numerics;
using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>The latest rows by position; written by one thread, read by any without a lock.</summary>
internal sealed class AgentFeedRing
{
    private readonly JournalRow?[] _rows;

    public AgentFeedRing(int length)
    {
        if (length < 1 || !BitOperations.IsPow2(length))
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, "The length must be a power of two.");
        }

        _rows = new JournalRow?[length];
    }

    public int Length => _rows.Length;

    public void Put(JournalRow row) => Volatile.Write(ref _rows[IndexOf(row.Position)], row);

    /// <summary>The row at a position; null when it is not here, or no longer.</summary>
    public JournalRow? TryGet(long position) =>
        Volatile.Read(ref _rows[IndexOf(position)]) is { } row && row.Position == position ? row : null;

    private int IndexOf(long position) => (int)(position & (_rows.Length - 1));
}
