using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Market.Domain;

/// <summary>
/// SHA-256 of OpenSSL's libcrypto by its low-level calls, where the framework's own cryptography uses that library
/// (Linux). The framework reaches it by calls that clear error queues and look the algorithm up: for a row of ours that
/// takes as long again as the hashing (ADR 13).
/// </summary>
internal static unsafe class LibCrypto
{
    /// <summary>Longest input in bytes. A longer one gains nothing, and would keep the collector waiting.</summary>
    public const int LengthMax = 4_096;

    private const int ContextSize = 256; // SHA256_CTX has 112 bytes

    private static readonly delegate* unmanaged[SuppressGCTransition]<byte*, int> Init;
    private static readonly delegate* unmanaged[SuppressGCTransition]<byte*, byte*, nuint, int> Update;
    private static readonly delegate* unmanaged[SuppressGCTransition]<byte*, byte*, int> Final;

    static LibCrypto()
    {
        if (!OperatingSystem.IsLinux()
            || !NativeLibrary.TryLoad("libcrypto.so.3", out var library)
            || !NativeLibrary.TryGetExport(library, "SHA256_Init", out var init)
            || !NativeLibrary.TryGetExport(library, "SHA256_Update", out var update)
            || !NativeLibrary.TryGetExport(library, "SHA256_Final", out var final))
        {
            return;
        }

        Init = (delegate* unmanaged[SuppressGCTransition]<byte*, int>)init;
        Update = (delegate* unmanaged[SuppressGCTransition]<byte*, byte*, nuint, int>)update;
        Final = (delegate* unmanaged[SuppressGCTransition]<byte*, byte*, int>)final;
        IsAvailable = true;
    }

    /// <summary>Whether the library is there and has these calls; they are deprecated, and a build may leave them out.
    /// </summary>
    public static bool IsAvailable { get; }

    /// <summary>Hashes two runs of bytes, one after the other.</summary>
    /// <param name="first">The first run.</param>
    /// <param name="second">The second run; the two have at most <see cref="LengthMax"/> bytes together.</param>
    /// <param name="digest">32 bytes, filled.</param>
    [SkipLocalsInit]
    public static void Sha256(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> digest)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest.Length, Hash256.Size);
        var context = stackalloc byte[ContextSize];
        LeaveWideRegisters(context);
        fixed (byte* firstBytes = first, secondBytes = second, digestBytes = digest)
        {
            _ = Init(context); // the three calls have no way to fail
            _ = Update(context, firstBytes, (nuint)first.Length);
            _ = Update(context, secondBytes, (nuint)second.Length);
            _ = Final(digestBytes, context);
        }
    }

    // Callers clear and copy memory with the processor's wide registers. As long as these count as in use, each of the
    // library's narrower instructions waits for their upper halves, and a hash takes four times as long. The runtime
    // ends every method that uses them with the instruction that lets them go, but does not give it before such calls.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LeaveWideRegisters(byte* scratch) => Vector256<byte>.Zero.Store(scratch);
}
