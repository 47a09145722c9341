using System.Diagnostics.CodeAnalysis;

namespace Market.Domain.Settling;

/// <summary>
/// Rows in the order in which they came, found by key or by place. Rows are structs in one array, read and changed
/// where
/// they lie, and are never removed; so a place is as good as a pointer, and the order is the same in every replay.
/// </summary>
/// <typeparam name="TKey">What a row is found by.</typeparam>
/// <typeparam name="TRow">The row.</typeparam>
internal sealed class KeyedTable<TKey, TRow>
    where TKey : struct, IEquatable<TKey>
    where TRow : struct
{
    private const int FirstCapacity = 16;

    private readonly Dictionary<TKey, int> _places = [];
    private TRow[] _rows = new TRow[FirstCapacity];

    public int Count => _places.Count;

    [SuppressMessage("Design", "CA1043", Justification = "A place is an index into an array.")]
    public ref TRow this[int place] => ref _rows[place];

    public bool TryFind(TKey key, out int place) => _places.TryGetValue(key, out place);

    /// <summary>Adds a row under a key that is not there yet, and gives its place.</summary>
    public int Add(TKey key, in TRow row)
    {
        var place = _places.Count;
        LedgerAssert.That(_places.TryAdd(key, place), "A row of the book exists twice.");
        if (place == _rows.Length)
        {
            Array.Resize(ref _rows, checked(place * 2));
        }

        _rows[place] = row;
        return place;
    }

    /// <summary>The keys by place. Costs a pass over all of them: for saving only.</summary>
    public TKey[] KeysByPlace()
    {
        var keys = new TKey[Count];
        foreach (var (key, place) in _places)
        {
            keys[place] = key;
        }

        return keys;
    }
}
