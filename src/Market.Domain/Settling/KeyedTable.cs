namespace Market.Domain.Settling;

/// <summary>
/// Rows in the order in which they came, found by key or by place; so a place is as good as a pointer, and the order is
/// the same in every replay. A row that is removed leaves its place empty for good.
/// <para>Rows lie in pages, so that a growing book copies none of them, and are read and changed where they lie. The
/// index is open addressing with linear probing over (hash, place), eight bytes a slot and at most half full: a
/// look-up reads one line of the index and then the row, which the caller reads anyway.</para>
/// </summary>
/// <typeparam name="TKey">What a row is found by.</typeparam>
/// <typeparam name="TRow">The row.</typeparam>
internal sealed class KeyedTable<TKey, TRow>
    where TKey : struct, IEquatable<TKey>
    where TRow : struct, IKeyedRow<TKey>
{
    private const int PageBits = 10;
    private const int PageRows = 1 << PageBits;
    private const int FirstIndexBits = 6;

    private TRow[]?[] _pages = new TRow[]?[4];
    private int[] _rowsOfPage = new int[4];
    private Slot[] _slots = new Slot[1 << FirstIndexBits];
    private int _shift = 32 - FirstIndexBits;

    public int Count { get; private set; }

    /// <summary>The row at a place below <see cref="Count"/>.</summary>
    public ref TRow this[int place] => ref _pages[place >> PageBits]![place & (PageRows - 1)];

    /// <summary>Whether the row's page is still there: once all its rows are removed, so is the page.</summary>
    public bool HasPage(int place) => _pages[place >> PageBits] is not null;

    public bool TryFind(in TKey key, out int place)
    {
        var hash = HashOf(key);
        for (var i = hash >> _shift; ; i = Next(i))
        {
            var slot = _slots[i];
            if (slot.PlaceFromOne == 0)
            {
                place = -1;
                return false;
            }

            if (slot.Hash == hash && this[slot.PlaceFromOne - 1].Key.Equals(key))
            {
                place = slot.PlaceFromOne - 1;
                return true;
            }
        }
    }

    /// <summary>Adds a row whose key is not there yet, and gives its place.</summary>
    public int Add(in TRow row)
    {
        var key = row.Key;
        LedgerAssert.That(!TryFind(key, out _), "A row of the book exists twice.");
        if (2 * (Count + 1L) > _slots.Length)
        {
            GrowIndex();
        }

        var place = Skip();
        _pages[place >> PageBits] ??= new TRow[PageRows];
        _rowsOfPage[place >> PageBits]++;
        this[place] = row;
        Insert(new Slot(HashOf(key), place + 1));
        return place;
    }

    /// <summary>Leaves the next place empty, and gives it.</summary>
    public int Skip()
    {
        var place = Count++;
        if (place >> PageBits == _pages.Length)
        {
            Array.Resize(ref _pages, _pages.Length * 2);
            Array.Resize(ref _rowsOfPage, _pages.Length);
        }

        return place;
    }

    /// <summary>Removes a row; its place stays empty.</summary>
    public void Remove(int place)
    {
        var hole = HashOf(this[place].Key) >> _shift;
        while (_slots[hole].PlaceFromOne != place + 1)
        {
            LedgerAssert.That(_slots[hole].PlaceFromOne != 0, "A row of the book is not in its index.");
            hole = Next(hole);
        }

        // What lies behind the hole moves into it, unless that would put it before its own home.
        var mask = (uint)(_slots.Length - 1);
        for (var i = Next(hole); _slots[i].PlaceFromOne != 0; i = Next(i))
        {
            var home = _slots[i].Hash >> _shift;
            if ((unchecked(i - home) & mask) >= (unchecked(i - hole) & mask))
            {
                _slots[hole] = _slots[i];
                hole = i;
            }
        }

        _slots[hole] = default;
        this[place] = default;
        if (--_rowsOfPage[place >> PageBits] == 0)
        {
            _pages[place >> PageBits] = null;
        }
    }

    // Keys that differ in few bits must not lie side by side, where they would make long runs: the product spreads
    // them.
    private static uint HashOf(in TKey key) => unchecked((uint)key.GetHashCode() * 0x9E3779B1u);

    private uint Next(uint i) => (i + 1) & (uint)(_slots.Length - 1);

    private void Insert(Slot slot)
    {
        var i = slot.Hash >> _shift;
        while (_slots[i].PlaceFromOne != 0)
        {
            i = Next(i);
        }

        _slots[i] = slot;
    }

    private void GrowIndex()
    {
        var slots = _slots;
        _slots = new Slot[checked(slots.Length * 2)];
        _shift--;
        foreach (var slot in slots)
        {
            if (slot.PlaceFromOne != 0)
            {
                Insert(slot);
            }
        }
    }

    /// <summary>
    /// A place with its key's hash, so that another key's row is hardly ever read. Place 0 is a free slot.
    /// </summary>
    private readonly record struct Slot(uint Hash, int PlaceFromOne);
}
