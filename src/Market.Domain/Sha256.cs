using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Market.Domain;

/// <summary>
/// SHA-256 of short inputs, by libcrypto itself where it is there, else by the framework: then one hash object a thread
/// is kept, as the framework's one-shot call sets up a context each time.
/// </summary>
public static class Sha256
{
    [ThreadStatic]
    private static IncrementalHash? _hash;

    /// <summary>The hash of some bytes.</summary>
    public static Hash256 Of(ReadOnlySpan<byte> bytes) => Of(bytes, []);

    /// <summary>The hash of two runs of bytes, one after the other.</summary>
    [SkipLocalsInit]
    public static Hash256 Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        if (LibCrypto.IsAvailable && (long)first.Length + second.Length <= LibCrypto.LengthMax)
        {
            LibCrypto.Sha256(first, second, digest);
        }
        else
        {
            ByFramework(first, second, digest);
        }

        return Hash256.FromBytes(digest);
    }

    private static void ByFramework(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> digest)
    {
        var hash = _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(first);
        hash.AppendData(second);
        hash.GetHashAndReset(digest);
    }
}
