using System.Numerics;
using System.Runtime.CompilerServices;

namespace Market.Domain.Settling;

/// <summary>
/// The newest remembered rows: a ring, and chains through it of the rows whose hashes begin alike, the newest first. A
/// row comes before all older ones of its chain; so a chain ends where it leaves the ring, and what falls out of the
/// ring need not be taken out of anything.
/// </summary>
/// <param name="rowsMax">Rows at most.</param>
internal sealed class RecentRows(int rowsMax)
{
    private const int RowsAtFirst = 16;
    private const int HeadsPerRow = 4;

    private RememberedRow[] _rows = new RememberedRow[Math.Min(rowsMax, RowsAtFirst)];
    private ulong[] _hashes = new ulong[Math.Min(rowsMax, RowsAtFirst)];
    private Link[] _older = new Link[Math.Min(rowsMax, RowsAtFirst)];
    private Link[] _heads = new Link[HeadsFor(Math.Min(rowsMax, RowsAtFirst))];

    /// <summary>How many rows ever came.</summary>
    public long Count { get; private set; }

    /// <summary>The number, from 0, of the oldest row that is still here.</summary>
    public long First => Math.Max(0, Count - rowsMax);

    /// <summary>Whether the next row takes the oldest one's place.</summary>
    public bool IsFull => Count >= rowsMax;

    /// <summary>The hash of the oldest row's id.</summary>
    public ulong OldestHash => _hashes[PlaceOf(First)];

    /// <summary>The row of a number from <see cref="First"/> on.</summary>
    public ref readonly RememberedRow this[long number] => ref _rows[PlaceOf(number)];

    /// <summary>The row of an id, or a null reference.</summary>
    public ref readonly RememberedRow Find(RememberedKind kind, in Hash256 id, ulong hash)
    {
        var first = First;
        var tag = TagOf(hash);
        for (var link = _heads[HeadOf(hash)]; link.Number >= first; link = _older[PlaceOf(link.Number)])
        {
            if (link.Tag == tag)
            {
                ref readonly var row = ref _rows[PlaceOf(link.Number)];
                if (row.Kind == kind && row.Id == id)
                {
                    return ref row;
                }
            }
        }

        return ref Unsafe.NullRef<RememberedRow>();
    }

    /// <summary>Adds a row of a new id, in the oldest one's place where the ring is full.</summary>
    public void Add(in RememberedRow row, ulong hash)
    {
        if (Count == _rows.Length && _rows.Length < rowsMax)
        {
            Grow();
        }

        var place = PlaceOf(Count);
        _rows[place] = row;
        _hashes[place] = hash;
        Chain(Count, place, hash);
        Count++;
    }

    private static uint TagOf(ulong hash) => (uint)(hash & Link.TagMask);

    private static int HeadsFor(int rows) => (int)BitOperations.RoundUpToPowerOf2((uint)rows * HeadsPerRow);

    private int HeadOf(ulong hash) => (int)((uint)(hash >> 32) & ((uint)_heads.Length - 1));

    private int PlaceOf(long number) => (int)((ulong)number % (uint)_rows.Length);

    private void Chain(long number, int place, ulong hash)
    {
        ref var head = ref _heads[HeadOf(hash)];
        _older[place] = head;
        head = new Link(number, TagOf(hash));
    }

    // Only before the ring was ever full: so every row keeps its place.
    private void Grow()
    {
        var rows = (int)Math.Min((long)_rows.Length * 2, rowsMax);
        Array.Resize(ref _rows, rows);
        Array.Resize(ref _hashes, rows);
        _older = new Link[rows];
        _heads = new Link[HeadsFor(rows)];
        for (var place = 0; place < Count; place++)
        {
            Chain(place, place, _hashes[place]);
        }
    }

    /// <summary>
    /// A row's number with a part of its id's hash, so that another id's row is hardly ever read; the default leads to
    /// no row. 40 bits of numbers are more rows than the memory of what became of them could hold.
    /// </summary>
    private readonly struct Link(long number, uint tag)
    {
        public const uint TagMask = (1u << (64 - NumberBits)) - 1;
        private const int NumberBits = 40;
        private readonly ulong _bits = ((ulong)tag << NumberBits) | (ulong)(number + 1);

        /// <summary>The row's number; −1 for none.</summary>
        public long Number => (long)(_bits & ((1ul << NumberBits) - 1)) - 1;

        public uint Tag => (uint)(_bits >> NumberBits);
    }
}
