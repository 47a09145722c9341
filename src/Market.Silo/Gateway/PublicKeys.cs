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
        catch (CryptographicException)
        {
            // Not a key: said by the null below, as for every other defect of the bytes.
        }

        key.Dispose();
        return null;
    }
}
