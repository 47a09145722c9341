using System.Buffers.Binary;
using Market.Domain.Settling;

namespace Market.Domain.Auditing;

/// <summary>
/// The form of a full part of a book's index: for each of the 256 tables how many rows it has (4 bytes each), then the
/// rows, table by table (8 bytes each), little-endian. So that many parts are read table by table, each table while it
/// lies in the processor's cache.
/// </summary>
internal static class LedgerParts
{
    private const int CountBytes = sizeof(int);
    private const int SlotBytes = sizeof(ulong);
    private const int HeaderBytes = EntryIndex.Tables * CountBytes;

    public static byte[] Encode(EntryIndexLog.Block block)
    {
        var bytes = new byte[HeaderBytes + (block.Count * SlotBytes)];
        Span<int> places = stackalloc int[EntryIndex.Tables];
        places.Clear();
        foreach (var table in block.Tables.AsSpan(0, block.Count))
        {
            places[table]++;
        }

        var at = HeaderBytes;
        for (var table = 0; table < EntryIndex.Tables; table++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(table * CountBytes), places[table]);
            (places[table], at) = (at, at + (places[table] * SlotBytes));
        }

        for (var i = 0; i < block.Count; i++)
        {
            ref var place = ref places[block.Tables[i]];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(place), block.Slots[i]);
            place += SlotBytes;
        }

        return bytes;
    }

    /// <summary>Puts all rows of parts into an index.</summary>
    /// <exception cref="FormatException">A part does not have the form.</exception>
    public static void Read(IReadOnlyList<ReadOnlyMemory<byte>> parts, int count, EntryIndex index)
    {
        var places = new int[count];
        for (var part = 0; part < count; part++)
        {
            places[part] = HeaderBytes;
            var rows = 0L;
            for (var table = 0; table < EntryIndex.Tables && parts[part].Length >= HeaderBytes; table++)
            {
                rows += CountOf(parts[part].Span, table);
            }

            if (parts[part].Length != HeaderBytes + (rows * SlotBytes))
            {
                throw new FormatException($"Part {part} of the saved ledger state is not one that this version wrote.");
            }
        }

        var slots = new ulong[EntryIndexLog.BlockRows];
        for (var table = 0; table < EntryIndex.Tables; table++)
        {
            index.Reserve(table, Enumerable.Range(0, count).Sum(part => CountOf(parts[part].Span, table)));
            for (var part = 0; part < count; part++)
            {
                var bytes = parts[part].Span;
                var rows = CountOf(bytes, table);
                for (var i = 0; i < rows; i++)
                {
                    slots[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(places[part] + (i * SlotBytes))..]);
                }

                index.AddAll(table, slots.AsSpan(0, rows));
                places[part] += rows * SlotBytes;
            }
        }
    }

    public static byte[] ToBytes(ReadOnlySpan<ulong> slots)
    {
        var bytes = new byte[slots.Length * SlotBytes];
        for (var i = 0; i < slots.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * SlotBytes), slots[i]);
        }

        return bytes;
    }

    private static int CountOf(ReadOnlySpan<byte> part, int table)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(part[(table * CountBytes)..]);
        return count is >= 0 and <= EntryIndexLog.BlockRows
            ? count
            : throw new FormatException("A part of the saved ledger state is not one that this version wrote.");
    }
}
