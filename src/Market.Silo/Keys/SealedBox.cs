using System.Security.Cryptography;

namespace Market.Silo.Keys;

/// <summary>
/// Bytes sealed with AES-256-GCM: nonce (12, random), content, tag (16). What they are for is sealed in, so that no box
/// opens in another's place.
/// </summary>
internal static class SealedBox
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Seals content.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> content, ReadOnlySpan<byte> purpose)
    {
        var box = new byte[NonceBytes + content.Length + TagBytes];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(
            box.AsSpan(0, NonceBytes),
            content,
            box.AsSpan(NonceBytes, content.Length),
            box.AsSpan(^TagBytes..),
            purpose);
        return box;
    }

    /// <summary>The content; null where the key or the purpose is another one, or a byte was changed.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> purpose)
    {
        if (box.Length < NonceBytes + TagBytes)
        {
            return null;
        }

        var content = new byte[box.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        try
        {
            cipher.Decrypt(box[..NonceBytes], box[NonceBytes..^TagBytes], box[^TagBytes..], content, purpose);
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null; // which is what the caller asks
        }
    }
}
