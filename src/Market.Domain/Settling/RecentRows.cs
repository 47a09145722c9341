using System.Numerics;
using System.Runtime.CompilerServices;

namespace Market.Domain.Settling;

/// <summary>
/// The newest remembered rows: a ring, and an index of open addressing (linear probing, at most half full) over it.
/// What falls out of the ring leaves the index at once, by shifting back what it kept from its place.
/// </summary>
/// <param name="rowsMax">Rows at most.</param>
internal sealed class RecentRows(int rowsMax)
{
    private const int RowsAtFirst = 16;

    private RememberedRow[] _rows = new RememberedRow[Math.Min(rowsMax, RowsAtFirst)];
    private Slot[] _slots = new Slot[SlotsFor(Math.Min(rowsMax, RowsAtFirst))];

    /// <summary>How many rows ever came.</summary>
    public long Count { get; private set; }

    /// <summary>The number, from 0, of the oldest row that is still here.</summary>
    public long First => Math.Max(0, Count - rowsMax);

    /// <summary>The row of a number from <see cref="First"/> on.</summary>
    public ref readonly RememberedRow this[long number] => ref _rows[PlaceOf(number)];

    /// <summary>The row of an id, or a null reference.</summary>
    public ref readonly RememberedRow Find(RememberedKind kind, in Hash256 id, ulong hash)
    {
        var tag = (uint)(hash >> 32);
        var mask = (uint)_slots.Length - 1;
        for (var i = tag & mask; ; i = (i + 1) & mask)
        {
            var slot = _slots[i];
            if (slot.PlaceFromOne == 0)
            {
                return ref Unsafe.NullRef<RememberedRow>();
            }

            ref readonly var row = ref _rows[slot.PlaceFromOne - 1];
            if (slot.Tag == tag && row.Kind == kind && row.Id == id)
            {
                return ref row;
            }
        }
    }

    /// <summary>Adds a row of a new id; the caller has taken the oldest out where the ring is full.</summary>
    public void Add(in RememberedRow row, ulong hash)
    {
        if (Count == _rows.Length && _rows.Length < rowsMax)
        {
            Grow();
        }

        var place = PlaceOf(Count);
        _rows[place] = row;
        Insert(new Slot((uint)(hash >> 32), place + 1));
        Count++;
    }

    /// <summary>Whether the next row takes the oldest one's place.</summary>
    public bool IsFull => Count >= rowsMax;

    /// <summary>Takes the oldest row out of the index; the next row takes its place.</summary>
    public void RemoveOldest(ulong hash)
    {
        var place = PlaceOf(First) + 1;
        var mask = (uint)_slots.Length - 1;
        var hole = (uint)(hash >> 32) & mask;
        while (_slots[hole].PlaceFromOne != place)
        {
            LedgerAssert.That(_slots[hole].PlaceFromOne != 0, "A remembered row is not in its index.");
            hole = (hole + 1) & mask;
        }

        for (var i = (hole + 1) & mask; _slots[i].PlaceFromOne != 0; i = (i + 1) & mask)
        {
            var home = _slots[i].Tag & mask;
            if ((unchecked(i - home) & mask) >= (unchecked(i - hole) & mask))
            {
                _slots[hole] = _slots[i];
                hole = i;
            }
        }

        _slots[hole] = default;
    }

    private int PlaceOf(long number) => (int)(number % _rows.Length);

    private void Insert(Slot slot)
    {
        var mask = (uint)_slots.Length - 1;
        var i = slot.Tag & mask;
        while (_slots[i].PlaceFromOne != 0)
        {
            i = (i + 1) & mask;
        }

        _slots[i] = slot;
    }

    // Only before the ring was ever full: so every row keeps its place.
    private void Grow()
    {
        Array.Resize(ref _rows, (int)Math.Min((long)_rows.Length * 2, rowsMax));
        var slots = _slots;
        _slots = new Slot[SlotsFor(_rows.Length)];
        foreach (var slot in slots)
        {
            if (slot.PlaceFromOne != 0)
            {
                Insert(slot);
            }
        }
    }

    private static int SlotsFor(int rows) => (int)BitOperations.RoundUpToPowerOf2((uint)rows * 2);

    /// <summary>A row's place with a part of its id's hash; place 0 is a free slot.</summary>
    private readonly record struct Slot(uint Tag, int PlaceFromOne);
}
