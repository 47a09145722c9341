using System.Buffers.Binary;
using Market.Domain;
using Market.Grains.Hosting;

namespace Market.Grains.Journaling;

/// <summary>
/// Rows in memory by position, as bytes in large pages rather than as objects: a market that keeps millions of rows
/// would otherwise spend a third of its time in the garbage collector, which looks at every object that lives on. What
/// was added is never changed or removed. One thread at a time.
/// </summary>
internal sealed class RowPages
{
    private const int PageBytes = 1 << 20;
    private const int HeadBytes = (5 * sizeof(long)) + (3 * sizeof(int)) + Hash256.Size;
    private const long NoDueAt = -1;

    private readonly List<byte[]> _pages = [];
    private readonly List<(int Page, int Offset)> _places = [];
    private int _used = PageBytes;

    /// <summary>How many rows there are, and so the last one's position.</summary>
    public int Count => _places.Count;

    /// <summary>Adds a row at the next position.</summary>
    public void Add(JournalRow row)
    {
        var target = Take(HeadBytes + row.Body.Length);
        BinaryPrimitives.WriteInt64LittleEndian(target, row.Stream);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], row.Version);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], row.Writer);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], row.PreviousWriter);
        BinaryPrimitives.WriteInt64LittleEndian(target[32..], row.DueAt?.Ticks ?? NoDueAt);
        BinaryPrimitives.WriteInt32LittleEndian(target[40..], row.Audience.First.Value);
        BinaryPrimitives.WriteInt32LittleEndian(target[44..], row.Audience.Second.Value);
        BinaryPrimitives.WriteInt32LittleEndian(target[48..], row.Body.Length);
        row.Hash.CopyTo(target[52..]);
        row.Body.Span.CopyTo(target[HeadBytes..]);
    }

    /// <summary>The row at a position from 1 to <see cref="Count"/>.</summary>
    public JournalRow Get(long position)
    {
        var (page, offset) = _places[(int)position - 1];
        var bytes = _pages[page].AsMemory(offset);
        var head = bytes.Span;
        var dueAt = BinaryPrimitives.ReadInt64LittleEndian(head[32..]);
        return new JournalRow(
            position,
            BinaryPrimitives.ReadInt64LittleEndian(head),
            BinaryPrimitives.ReadInt64LittleEndian(head[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(head[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(head[24..]),
            dueAt == NoDueAt ? null : new LedgerTime(dueAt),
            new Audience(
                new AgentNumber(BinaryPrimitives.ReadInt32LittleEndian(head[40..])),
                new AgentNumber(BinaryPrimitives.ReadInt32LittleEndian(head[44..]))),
            bytes.Slice(HeadBytes, BinaryPrimitives.ReadInt32LittleEndian(head[48..])),
            Hash256.FromBytes(head.Slice(52, Hash256.Size)));
    }

    private Span<byte> Take(int length)
    {
        if (_pages.Count == 0 || length > _pages[^1].Length - _used)
        {
            _pages.Add(GC.AllocateUninitializedArray<byte>(Math.Max(PageBytes, length)));
            _used = 0;
        }

        var offset = _used;
        _used += length;
        _places.Add((_pages.Count - 1, offset));
        return _pages[^1].AsSpan(offset, length);
    }
}
