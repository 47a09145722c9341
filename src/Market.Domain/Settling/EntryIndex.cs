using System.Numerics;

namespace Market.Domain.Settling;

/// <summary>
/// Which entries may belong to an id, for all ids that the book no longer remembers exactly: eight bytes a row, 28 bits
/// of the id's hash and 36 of the entry's number. Another id can have the same bits, so a hit is a question to the
/// journal, never an answer.
/// <para>Open addressing, in 256 tables by the hash's first bits, so that no growth stalls the book for long. A row
/// waits with others of its table and is put in with them: what one waits for from memory, all wait for at
/// once.</para>
/// </summary>
internal sealed class EntryIndex
{
    public const int Tables = 256;
    public const int EntryBits = 36;
    private const int TagBits = 28;
    private const int WaitingMax = 16;
    private const int SlotsAtFirst = 64;
    private const double FilledMax = 0.6;
    private static readonly ulong[] NoSlots = [];

    private readonly ulong[] _waiting = new ulong[Tables * WaitingMax];
    private readonly byte[] _waitingCounts = new byte[Tables];
    private readonly ulong[][] _tables = new ulong[Tables][];
    private readonly int[] _counts = new int[Tables];

    public EntryIndex() => Array.Fill(_tables, NoSlots);

    /// <summary>Rows in the index.</summary>
    public long Count { get; private set; }

    /// <summary>The table of a hash.</summary>
    public static int TableOf(ulong hash) => (int)(hash >> 56);

    /// <summary>What is kept of a hash and an entry.</summary>
    public static ulong SlotOf(ulong hash, EntryNumber entry)
    {
        LedgerAssert.That((ulong)entry.Value >> EntryBits == 0, "A book has at most 2^36 entries.");
        return ((hash << 8) & ~((1ul << EntryBits) - 1)) | (ulong)entry.Value;
    }

    /// <summary>Adds a row.</summary>
    public void Add(int table, ulong slot)
    {
        var waiting = _waitingCounts[table];
        _waiting[(table * WaitingMax) + waiting] = slot;
        _waitingCounts[table] = ++waiting;
        Count++;
        if (waiting == WaitingMax)
        {
            PutIn(table, _waiting.AsSpan(table * WaitingMax, WaitingMax));
            _waitingCounts[table] = 0;
        }
    }

    /// <summary>Makes room for so many rows in one table, so that it need not grow on the way.</summary>
    public void Reserve(int table, int rows) => _ = Room(table, rows);

    /// <summary>Adds many rows of one table, for example when a saved index is read.</summary>
    public void AddAll(int table, ReadOnlySpan<ulong> slots)
    {
        PutIn(table, slots);
        Count += slots.Length;
    }

    /// <summary>Begins to look a hash up, by asking for the first slot that it may be in.</summary>
    public Probe Begin(ulong hash)
    {
        var table = TableOf(hash);
        var tag = (hash << 8) >> EntryBits;
        var slots = _tables[table];
        return slots.Length == 0 ? new Probe(table, tag, 0, 0) : Begin(table, tag, slots);
    }

    /// <summary>The entries that may belong to a hash, added to a list that is made where there are some.</summary>
    public void Find(in Probe probe, ref List<EntryNumber>? found)
    {
        foreach (var slot in _waiting.AsSpan(probe.Table * WaitingMax, _waitingCounts[probe.Table]))
        {
            AddIf(slot, probe.Tag, ref found);
        }

        var slots = _tables[probe.Table];
        var i = probe.Home;
        for (var slot = probe.First; slot != 0; slot = slots[i])
        {
            AddIf(slot, probe.Tag, ref found);
            i = (i + 1) & (slots.Length - 1);
        }
    }

    private static Probe Begin(int table, ulong tag, ulong[] slots)
    {
        var home = HomeOf(tag, slots);
        return new Probe(table, tag, home, slots[home]);
    }

    private static void AddIf(ulong slot, ulong tag, ref List<EntryNumber>? found)
    {
        if (slot >> EntryBits == tag)
        {
            (found ??= []).Add(new EntryNumber((long)(slot & ((1ul << EntryBits) - 1))));
        }
    }

    // The tag's first bits: rows keep their order when a table grows.
    private static int HomeOf(ulong tag, ulong[] slots) =>
        (int)(tag >> (TagBits - BitOperations.Log2((uint)slots.Length)));

    private void PutIn(int table, ReadOnlySpan<ulong> added)
    {
        var slots = Room(table, added.Length);
        foreach (var slot in added)
        {
            Insert(slots, slot);
        }

        _counts[table] += added.Length;
    }

    private ulong[] Room(int table, int added)
    {
        var slots = _tables[table];
        var needed = (uint)((_counts[table] + added) / FilledMax) + 1;
        if (needed <= slots.Length)
        {
            return slots;
        }

        var grown = new ulong[Math.Max(SlotsAtFirst, BitOperations.RoundUpToPowerOf2(needed))];
        foreach (var slot in slots)
        {
            if (slot != 0)
            {
                Insert(grown, slot);
            }
        }

        return _tables[table] = grown;
    }

    private static void Insert(ulong[] slots, ulong slot)
    {
        var i = HomeOf(slot >> EntryBits, slots);
        while (slots[i] != 0)
        {
            i = (i + 1) & (slots.Length - 1);
        }

        slots[i] = slot;
    }

    /// <summary>Where a look-up stands.</summary>
    /// <param name="Table">The table.</param>
    /// <param name="Tag">The hash's bits that slots keep.</param>
    /// <param name="Home">The place of the first slot.</param>
    /// <param name="First">The first slot; 0 where it is free.</param>
    internal readonly record struct Probe(int Table, ulong Tag, int Home, ulong First);
}
