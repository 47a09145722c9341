using System.Security.Cryptography;

namespace Market.Domain;

/// <summary>
/// SHA-256 of short inputs. One hash object a thread is kept: the framework's one-shot call sets up a context each
/// time, which costs as much as hashing a row.
/// </summary>
public static class Sha256
{
    [ThreadStatic]
    private static IncrementalHash? _hash;

    /// <summary>The hash of some bytes.</summary>
    public static Hash256 Of(ReadOnlySpan<byte> bytes)
    {
        var hash = _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes);
        return Finish(hash);
    }

    /// <summary>The hash of two runs of bytes, one after the other.</summary>
    public static Hash256 Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var hash = _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(first);
        hash.AppendData(second);
        return Finish(hash);
    }

    private static Hash256 Finish(IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        hash.GetHashAndReset(digest);
        return Hash256.FromBytes(digest);
    }
}
