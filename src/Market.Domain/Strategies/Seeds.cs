using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Market.Domain.Strategies;

/// <summary>
/// Seeds from seeds: everything in a run that uses chance has a stream of its own, derived from the run's seed and from
/// what identifies it, so that neither order nor parallelism changes any of them.
/// </summary>
public static class Seeds
{
    private const string Purpose = "market-seed-v1";

    /// <summary>
    /// The first eight bytes, little-endian, of the SHA-256 of: "market-seed-v1", the seed (eight bytes,
    /// little-endian), and for each part its length in UTF-8 bytes (four bytes, little-endian) and these bytes.
    /// </summary>
    /// <param name="seed">The seed of the whole, such as a run's.</param>
    /// <param name="parts">What tells this stream from the others: a scenario's name, a repetition's number …</param>
    public static ulong Derive(ulong seed, params ReadOnlySpan<string> parts)
    {
        var length = Purpose.Length + sizeof(ulong);
        foreach (var part in parts)
        {
            length += sizeof(int) + Encoding.UTF8.GetByteCount(part);
        }

        var bytes = length <= 512 ? stackalloc byte[length] : new byte[length];
        var at = Encoding.UTF8.GetBytes(Purpose, bytes);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[at..], seed);
        at += sizeof(ulong);
        foreach (var part in parts)
        {
            var written = Encoding.UTF8.GetBytes(part, bytes[(at + sizeof(int))..]);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[at..], written);
            at += sizeof(int) + written;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
