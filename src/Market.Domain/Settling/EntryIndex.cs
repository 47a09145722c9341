using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Market.Domain.Settling;

/// <summary>
/// Which entries may belong to an id, for all ids that the book no longer remembers exactly: eight bytes a row, 28 bits
/// of the id's hash and 36 of the entry's number. Another id can have the same bits, so a hit is a question to the
/// journal, never an answer.
/// <para>Open addressing, in 256 tables by the hash's first bits, so that no growth stalls the book for long. Slots lie
/// in buckets as long as a line of the cache, filled from the front; a row whose bucket is full lies in the next one
/// with room. So a new id, as nearly all are, costs one far look and no branch that the processor guesses wrong. A row
/// waits with others of its table and is put in with them: what one waits for from memory, all wait for at
/// once.</para>
/// </summary>
internal sealed class EntryIndex
{
    public const int Tables = 256;
    public const int EntryBits = 36;
    private const int TagBits = 28;
    private const int BucketBits = 3;
    private const int BucketSlots = 1 << BucketBits;
    private const int WaitingMax = 2 * BucketSlots;
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
            _waiting.AsSpan(table * WaitingMax, WaitingMax).Clear();
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
        return slots.Length == 0 ? new Probe(table, tag, 0) : Begin(table, tag, slots);
    }

    /// <summary>The entries that may belong to a hash, added to a list that is made where there are some.</summary>
    public void Find(in Probe probe, ref List<EntryNumber>? found)
    {
        var waiting = probe.Table * WaitingMax;
        for (var i = waiting; i < waiting + WaitingMax; i += BucketSlots)
        {
            AddWhereMatching(BucketAt(_waiting, i), probe.Tag, ref found);
        }

        var slots = _tables[probe.Table];
        if (slots.Length == 0)
        {
            return;
        }

        for (var home = probe.Home; ; home = NextBucket(home, slots))
        {
            var bucket = BucketAt(slots, home);
            AddWhereMatching(bucket, probe.Tag, ref found);
            if (bucket[BucketSlots - 1] == 0)
            {
                return;
            }
        }
    }

    private static Probe Begin(int table, ulong tag, ulong[] slots)
    {
        var home = HomeOf(tag, slots);
        Prefetch(ref slots[home]);
        return new Probe(table, tag, home);
    }

    // A hint and no access: a load would hold up what follows it until the line has come. The array may move in
    // between; then the hint was for nothing.
    private static unsafe void Prefetch(ref ulong slot)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref slot));
        }
    }

    private static Vector512<ulong> BucketAt(ulong[] slots, int place) =>
        Vector512.Create((ReadOnlySpan<ulong>)slots.AsSpan(place, BucketSlots));

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
        for (var i = 0; i < BucketSlots; i++)
        {
            // A free slot has the tag 0, and no entry.
            if (bucket[i] != 0 && bucket[i] >> EntryBits == tag)
            {
                (found ??= []).Add(new EntryNumber((long)(bucket[i] & ((1ul << EntryBits) - 1))));
            }
        }
    }

    // The tag's first bits: rows keep their order when a table grows.
    private static int HomeOf(ulong tag, ulong[] slots) =>
        (int)(tag >> (TagBits + BucketBits - BitOperations.Log2((uint)slots.Length))) << BucketBits;

    private static int NextBucket(int place, ulong[] slots) => (place + BucketSlots) & (slots.Length - 1);

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

    /// <summary>A bit for each free slot of a bucket.</summary>
    private static ulong FreeIn(Vector512<ulong> bucket) =>
        Vector512.Equals(bucket, Vector512<ulong>.Zero).ExtractMostSignificantBits();

    private static void Insert(ulong[] slots, ulong slot)
    {
        var home = HomeOf(slot >> EntryBits, slots);
        ulong free;
        while ((free = FreeIn(BucketAt(slots, home))) == 0)
        {
            home = NextBucket(home, slots);
        }

        slots[home + BitOperations.TrailingZeroCount(free)] = slot;
    }

    /// <summary>Where a look-up stands.</summary>
    /// <param name="Table">The table.</param>
    /// <param name="Tag">The hash's bits that slots keep.</param>
    /// <param name="Home">The place of its bucket.</param>
    internal readonly record struct Probe(int Table, ulong Tag, int Home);
}
