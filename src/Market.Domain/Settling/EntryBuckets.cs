using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Market.Domain.Settling;

/// <summary>
/// Slots in buckets of eight, each bucket in one line of the processor's cache: an array's own first element lies where
/// the runtime puts it, and then every bucket would lie in two lines and cost two far looks. So the array is one that
/// the collector never moves, and the first bucket begins where a line does.
/// </summary>
internal readonly struct EntryBuckets
{
    /// <summary>Slots of a bucket: as many as a line of the cache holds.</summary>
    public const int Slots = 1 << Bits;

    /// <summary>Binary logarithm of <see cref="Slots"/>.</summary>
    public const int Bits = 3;

    private readonly ulong[]? _slots;
    private readonly int _first;

    /// <summary>So many free slots: a bucket's times a power of two.</summary>
    public EntryBuckets(int length)
    {
        _slots = GC.AllocateArray<ulong>(length + Slots - 1, pinned: true);
        var address = Unsafe.ByteOffset(
            ref Unsafe.NullRef<ulong>(), ref MemoryMarshal.GetArrayDataReference(_slots));
        _first = (int)(-address / sizeof(ulong) & (Slots - 1));
        LedgerAssert.That(
            ((address / sizeof(ulong)) + _first) % Slots == 0, "A bucket does not begin where a line does.");
        Length = length;
    }

    /// <summary>How many slots there are; 0 by default.</summary>
    public int Length { get; }

    /// <summary>All slots.</summary>
    public Span<ulong> All => _slots.AsSpan(_first, Length);

    /// <summary>The bucket that begins at a place.</summary>
    public Vector512<ulong> At(int place) =>
        Vector512.Create((ReadOnlySpan<ulong>)_slots.AsSpan(_first + place, Slots));

    /// <summary>Sets a slot.</summary>
    public void Set(int place, ulong slot) => _slots![_first + place] = slot;

    /// <summary>
    /// Asks for a bucket's line. A hint and no access: a load would hold up what follows it until the line has come.
    /// </summary>
    public unsafe void Prefetch(int place)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref _slots![_first + place]));
        }
    }

    /// <summary>
    /// Puts a slot into the bucket at its home or, where that is full, into the next one with room.
    /// </summary>
    public void Insert(int home, ulong slot)
    {
        ulong free;
        while ((free = FreeIn(At(home))) == 0)
        {
            home = Next(home);
        }

        Set(home + BitOperations.TrailingZeroCount(free), slot);
    }

    /// <summary>The place of the bucket after one, the first after the last.</summary>
    public int Next(int place) => (place + Slots) & (Length - 1);

    // A bit for each free slot of a bucket.
    private static ulong FreeIn(Vector512<ulong> bucket) =>
        Vector512.Equals(bucket, Vector512<ulong>.Zero).ExtractMostSignificantBits();
}
