using System.Numerics;
using System.Runtime.Intrinsics;

namespace Market.Domain.Settling;

/// <summary>
/// Which entries may belong to an id, for all ids that the book no longer remembers exactly: eight bytes a row, 28 bits
/// of the id's hash and 36 of the entry's number. Another id can have the same bits, so a hit is a question to the
/// journal, never an answer.
/// <para>Open addressing, in 256 tables by the hash's first bits, so that no growth stalls the book for long. Slots lie
/// in buckets, each a line of the cache, filled from the front; a row whose bucket is full lies in the next one
/// with room. So a new id, as nearly all are, costs one far look and no branch that the processor guesses wrong. A row
/// waits with others of its table and is put in with them: what one waits for from memory, all wait for at
/// once.</para>
/// </summary>
internal sealed class EntryIndex
{
    public const int Tables = 256;
    public const int EntryBits = 36;
    private const int TagBits = 28;
    private const int WaitingMax = 2 * EntryBuckets.Slots;
    private const int SlotsAtFirst = 64;
    private const double FilledMax = 0.6;

    private readonly byte[] _waitingCounts = new byte[Tables];
    private readonly EntryBuckets[] _tables = new EntryBuckets[Tables];
    private readonly int[] _counts = new int[Tables];
    private EntryBuckets _waiting;

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
        if (_waiting.Length == 0)
        {
            // Most books never grow so old.
            _waiting = new EntryBuckets(Tables * WaitingMax);
        }

        var waiting = _waitingCounts[table];
        _waiting.Set((table * WaitingMax) + waiting, slot);
        _waitingCounts[table] = ++waiting;
        Count++;
        if (waiting == WaitingMax)
        {
            var all = _waiting.All.Slice(table * WaitingMax, WaitingMax);
            PutIn(table, all);
            _waitingCounts[table] = 0;
            all.Clear();
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

    /// <summary>Begins to look a hash up, by asking for the bucket that it may be in.</summary>
    public Probe Begin(ulong hash)
    {
        var table = TableOf(hash);
        var tag = (hash << 8) >> EntryBits;
        var slots = _tables[table];
        if (slots.Length == 0)
        {
            return new Probe(table, tag, 0);
        }

        var home = HomeOf(tag, slots.Length);
        slots.Prefetch(home);
        return new Probe(table, tag, home);
    }

    /// <summary>The entries that may belong to a hash, added to a list that is made where there are some.</summary>
    public void Find(in Probe probe, ref List<EntryNumber>? found)
    {
        if (_waiting.Length != 0)
        {
            var waiting = probe.Table * WaitingMax;
            for (var i = waiting; i < waiting + WaitingMax; i += EntryBuckets.Slots)
            {
                AddWhereMatching(_waiting.At(i), probe.Tag, ref found);
            }
        }

        var slots = _tables[probe.Table];
        if (slots.Length == 0)
        {
            return;
        }

        for (var home = probe.Home; ; home = slots.Next(home))
        {
            var bucket = slots.At(home);
            AddWhereMatching(bucket, probe.Tag, ref found);
            if (bucket[EntryBuckets.Slots - 1] == 0)
            {
                return;
            }
        }
    }

    // All of a bucket at once, so that the one branch is nearly always taken the same way.
    private static void AddWhereMatching(Vector512<ulong> bucket, ulong tag, ref List<EntryNumber>? found)
    {
        if (Vector512.EqualsAny(bucket >>> EntryBits, Vector512.Create(tag)))
        {
            AddMatching(bucket, tag, ref found);
        }
    }

    private static void AddMatching(Vector512<ulong> bucket, ulong tag, ref List<EntryNumber>? found)
    {
        for (var i = 0; i < EntryBuckets.Slots; i++)
        {
            // A free slot has the tag 0, and no entry.
            if (bucket[i] != 0 && bucket[i] >> EntryBits == tag)
            {
                (found ??= []).Add(new EntryNumber((long)(bucket[i] & ((1ul << EntryBits) - 1))));
            }
        }
    }

    // The tag's first bits: rows keep their order when a table grows.
    private static int HomeOf(ulong tag, int length) =>
        (int)(tag >> (TagBits + EntryBuckets.Bits - BitOperations.Log2((uint)length))) << EntryBuckets.Bits;

    private void PutIn(int table, ReadOnlySpan<ulong> added)
    {
        var slots = Room(table, added.Length);
        foreach (var slot in added)
        {
            slots.Insert(HomeOf(slot >> EntryBits, slots.Length), slot);
        }

        _counts[table] += added.Length;
    }

    private EntryBuckets Room(int table, int added)
    {
        var slots = _tables[table];
        var needed = (uint)((_counts[table] + added) / FilledMax) + 1;
        if (needed <= slots.Length)
        {
            return slots;
        }

        var grown = new EntryBuckets((int)Math.Max(SlotsAtFirst, BitOperations.RoundUpToPowerOf2(needed)));
        foreach (var slot in slots.All)
        {
            if (slot != 0)
            {
                grown.Insert(HomeOf(slot >> EntryBits, grown.Length), slot);
            }
        }

        return _tables[table] = grown;
    }

    /// <summary>Where a look-up stands.</summary>
    /// <param name="Table">The table.</param>
    /// <param name="Tag">The hash's bits that slots keep.</param>
    /// <param name="Home">The place of its bucket.</param>
    internal readonly record struct Probe(int Table, ulong Tag, int Home);
}
