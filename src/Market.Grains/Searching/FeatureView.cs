using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Market.Grains.Searching;

/// <summary>
/// A document's features as they are stored, read in place: id (16 bytes, big-endian), currency (4), lowest price (8),
/// number of words (2), number of facts (2), then the places of words and facts (4 each), then the words' impacts
/// (1 each); little-endian, as every machine is that runs this program. A search reads it for each candidate, so it
/// decodes nothing.
/// </summary>
internal readonly ref struct FeatureView
{
    /// <summary>Bytes before the places.</summary>
    public const int HeaderBytes = 32;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<uint> _words;
    private readonly ReadOnlySpan<uint> _facts;
    private readonly ReadOnlySpan<byte> _impacts;

    /// <summary>Wraps features.</summary>
    public FeatureView(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        int words = BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]);
        int facts = BinaryPrimitives.ReadUInt16LittleEndian(bytes[30..]);
        var places = MemoryMarshal.Cast<byte, uint>(bytes.Slice(HeaderBytes, 4 * (words + facts)));
        _words = places[..words];
        _facts = places[words..];
        _impacts = bytes.Slice(HeaderBytes + (4 * (words + facts)), words);
    }

    /// <summary>The id, as a number that sorts as ids do.</summary>
    public UInt128 Id => BinaryPrimitives.ReadUInt128BigEndian(_bytes);

    /// <summary>The currency, packed; 0 for any.</summary>
    public uint Currency => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[16..]);

    /// <summary>The lowest unit price in minor units.</summary>
    public long PriceMinor => BinaryPrimitives.ReadInt64LittleEndian(_bytes[20..]);

    /// <summary>Whether it has a fact.</summary>
    public bool Has(uint fact) => _facts.Contains(fact);

    /// <summary>A word's impact, 1 to 255; 0 where the word is not in it.</summary>
    public int ImpactOf(uint word) => _words.IndexOf(word) is >= 0 and var at ? _impacts[at] : 0;
}
