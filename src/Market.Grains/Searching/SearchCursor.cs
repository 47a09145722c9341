using System.Buffers.Binary;
using Market.Domain;

namespace Market.Grains.Searching;

/// <summary>
/// Where a page ended: the last one's place in the order, and the words' weights as the first page had them. With the
/// weights kept, a document's score never changes from page to page whatever is published, so no page repeats or hides
/// what was there at the first. It holds nothing secret, and forging one gains nothing: its check, over the query too,
/// is against mistakes.
/// </summary>
/// <param name="Last">The last one's place.</param>
/// <param name="Weights">The words' weights, in the order of the query's words.</param>
internal sealed record SearchCursor(RankKey Last, ushort[] Weights)
{
    private const int FixedBytes = 1 + 8 + 16;
    private const int CheckBytes = 8;

    /// <summary>The bytes that an agent gives back.</summary>
    public byte[] ToBytes(SearchQuery query)
    {
        var bytes = new byte[FixedBytes + (2 * Weights.Length) + CheckBytes];
        bytes[0] = (byte)query.Kind;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), Last.Score);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(9), Last.Id);
        for (var i = 0; i < Weights.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(FixedBytes + (2 * i)), Weights[i]);
        }

        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(bytes.Length - CheckBytes), CheckOf(query, bytes));
        return bytes;
    }

    /// <summary>Reads a cursor; null where it is not one of this query's.</summary>
    public static SearchCursor? Read(SearchQuery query, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != FixedBytes + (2 * query.Words.Length) + CheckBytes || bytes[0] != (byte)query.Kind
            || BinaryPrimitives.ReadUInt64BigEndian(bytes[^CheckBytes..]) != CheckOf(query, bytes))
        {
            return null;
        }

        var weights = new ushort[query.Words.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = BinaryPrimitives.ReadUInt16BigEndian(bytes[(FixedBytes + (2 * i))..]);
        }

        return new SearchCursor(
            new RankKey(
                BinaryPrimitives.ReadInt64BigEndian(bytes[1..]), BinaryPrimitives.ReadUInt128BigEndian(bytes[9..])),
            weights);
    }

    private static ulong CheckOf(SearchQuery query, ReadOnlySpan<byte> bytes)
    {
        var content = bytes[..^CheckBytes];
        Span<byte> both = stackalloc byte[Hash256.Size + FixedBytes + (2 * MarketLimits.SearchWordsMax)];
        query.Identity.CopyTo(both);
        content.CopyTo(both[Hash256.Size..]);
        return Hash256.Of(both[..(Hash256.Size + content.Length)]).A;
    }
}
