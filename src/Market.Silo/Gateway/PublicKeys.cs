using System.Security.Cryptography;

namespace Market.Silo.Gateway;

/// <summary>The public keys that the market takes: P-256, in the one DER form of SubjectPublicKeyInfo.</summary>
internal static class PublicKeys
{
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>Bytes of the form: named curve, uncompressed point.</summary>
    private const int Bytes = 91;

    /// <summary>The key, or null where the bytes are not one in its one form; two forms would be two agents.</summary>
    public static ECDsa? Import(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        if (subjectPublicKeyInfo.Length != Bytes)
        {
            return null;
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256
                && key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(subjectPublicKeyInfo))
            {
                return key;
            }
        }
        catch (Exception error) when (error is CryptographicException or PlatformNotSupportedException)
        {
            // Not a key: said by the null below, as for every other defect of the bytes. (A point off its curve is "not
            // supported" on some platforms.)
        }

        key.Dispose();
        return null;
    }
}
