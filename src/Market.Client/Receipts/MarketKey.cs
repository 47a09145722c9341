using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Market.Client;

/// <summary>
/// A market's public key: who has it verifies the market's receipts without the market. A market tells the key of today
/// (<see cref="MarketClient.ReceiptKey"/>); keep those of before, since a receipt is verified with the key of its day.
/// </summary>
public sealed class MarketKey
{
    private MarketKey(ReadOnlyMemory<byte> publicKey, string keyId) => (PublicKey, KeyId) = (publicKey, keyId);

    /// <summary>The SubjectPublicKeyInfo of the P-256 key, DER.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>Its JWK thumbprint (RFC 7638), base64url: what a receipt names its key by.</summary>
    public string KeyId { get; }

    /// <summary>The key of a SubjectPublicKeyInfo, DER.</summary>
    /// <exception cref="CryptographicException">The bytes are no public key on P-256.</exception>
    public static MarketKey FromPublicKey(ReadOnlySpan<byte> publicKey)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        return Of(key);
    }

    /// <summary>
    /// The key of a PEM text, public ("PUBLIC KEY") or private; of a private one the public half is kept.
    /// </summary>
    /// <exception cref="CryptographicException">The text has no key on P-256.</exception>
    public static MarketKey FromPem(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
        }
        catch (ArgumentException error)
        {
            throw new CryptographicException("The text has no key in PEM form.", error);
        }

        return Of(key);
    }

    /// <summary>The key as PEM ("PUBLIC KEY"), to be written to a file.</summary>
    public string ToPem() => PemEncoding.WriteString("PUBLIC KEY", PublicKey.Span) + "\n";

    /// <summary>Whether a signature is this key's: ES256, 64 bytes, r then s.</summary>
    internal bool Signed(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(PublicKey.Span, out _);
        return key.VerifyData(
            payload, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static MarketKey Of(ECDsa key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        if (parameters.Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
        {
            throw new CryptographicException("The key is not on the curve P-256.");
        }

        var (x, y) = (Base64Url.EncodeToString(parameters.Q.X), Base64Url.EncodeToString(parameters.Q.Y));
        var jwk = $$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""";
        var id = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(jwk)));
        return new MarketKey(key.ExportSubjectPublicKeyInfo(), id);
    }
}
