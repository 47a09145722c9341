using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Market.Domain;
using Market.Domain.Auditing;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Silo.Keys;

/// <summary>
/// The market's own secrets: the key that signs receipts (P-256), the key that makes cursors opaque (128 bits) and the
/// key that seals what agents leave in confidence (256 bits). Made at the first start and kept in
/// <see cref="KeyFolder"/>; those of a market in memory end with it.
/// </summary>
public sealed class MarketKeys : IDisposable
{
    private const string SigningKeyName = "market-signing.pem";
    private const string CursorKeyName = "cursor.key";
    private const int CursorKeyBytes = 16;

    /// <summary>Name of the key for private data in the folder of keys.</summary>
    internal const string DataKeyName = "private-data.key";

    private readonly Lock _gate = new();
    private readonly ECDsa _signing;

    private MarketKeys(ECDsa signing, byte[] cursorKey, byte[] dataKey)
    {
        _signing = signing;
        CursorKey = cursorKey;
        DataKey = dataKey;
        PublicKey = signing.ExportSubjectPublicKeyInfo();
        KeyId = ThumbprintOf(signing);
    }

    /// <summary>Which key signs: its JWK thumbprint (RFC 7638), base64url.</summary>
    public string KeyId { get; }

    /// <summary>The SubjectPublicKeyInfo of the key that signs, DER.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    internal ReadOnlyMemory<byte> CursorKey { get; }

    /// <summary>Seals what agents leave with the market in confidence.</summary>
    internal ReadOnlyMemory<byte> DataKey { get; }

    /// <summary>Fresh keys that are nowhere but in memory.</summary>
    public static MarketKeys InMemory() => new(
        ECDsa.Create(ECCurve.NamedCurves.nistP256),
        RandomNumberGenerator.GetBytes(CursorKeyBytes),
        RandomNumberGenerator.GetBytes(SealedBox.KeyBytes));

    /// <summary>The keys beside some data; made where they are not there yet.</summary>
    /// <exception cref="MarketKeysException">A key is damaged, or others may read it.</exception>
    public static MarketKeys OpenOrCreate(string dataFolder)
    {
        var folder = new KeyFolder(dataFolder);
        var pem = folder.ReadOrCreate(SigningKeyName, MakeSigningKey);
        var cursorKey = folder.ReadOrCreate(CursorKeyName, static () => RandomNumberGenerator.GetBytes(CursorKeyBytes));
        if (cursorKey.Length != CursorKeyBytes)
        {
            throw folder.Damaged(CursorKeyName);
        }

        var dataKey = ReadDataKey(folder, dataFolder);

        var signing = ECDsa.Create();
        try
        {
            signing.ImportFromPem(Encoding.ASCII.GetString(pem));
            return signing.KeySize == 256
                ? new MarketKeys(signing, cursorKey, dataKey)
                : throw folder.Damaged(SigningKeyName);
        }
        catch (Exception error) when (error is ArgumentException
            or CryptographicException or PlatformNotSupportedException)
        {
            signing.Dispose();
            throw folder.Damaged(SigningKeyName, error);
        }
    }

    /// <summary>Signs with the market's key: ES256 over the SHA-256 of the bytes; 64 bytes, r then s.</summary>
    public byte[] Sign(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            return _signing.SignData(
                bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    /// <summary>
    /// A receipt's exact bytes with the market's signature over <see cref="SignedPayload.ForReceipt"/> of them.
    /// </summary>
    public SignedReceipt SignReceipt(MarketId market, ReadOnlyMemory<byte> receipt) =>
        new(receipt, Sign(SignedPayload.ForReceipt(market, receipt.Span)), KeyId);

    /// <summary>
    /// A checkpoint with the market's signature over <see cref="SignedPayload.ForCheckpoint"/> of it.
    /// </summary>
    public SignedCheckpoint SignCheckpoint(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var payload = SignedPayload.ForCheckpoint(checkpoint.Market, checkpoint.ToContent());
        return new SignedCheckpoint(checkpoint, Sign(payload), KeyId);
    }

    /// <inheritdoc/>
    public void Dispose() => _signing.Dispose();

    private static byte[] ReadDataKey(KeyFolder folder, string dataFolder)
    {
        // A new key would open nothing of what is there, so none is made then.
        var table = Path.Combine(dataFolder, PrivateTable.FileName);
        if (!folder.Has(DataKeyName) && File.Exists(table))
        {
            throw folder.Missing(DataKeyName, table);
        }

        var key = folder.ReadOrCreate(DataKeyName, static () => RandomNumberGenerator.GetBytes(SealedBox.KeyBytes));
        return key.Length == SealedBox.KeyBytes ? key : throw folder.Damaged(DataKeyName);
    }

    private static byte[] MakeSigningKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private static string ThumbprintOf(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var (x, y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        var jwk = $$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(jwk)));
    }
}
