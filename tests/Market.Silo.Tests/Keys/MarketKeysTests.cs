using System.Runtime.Versioning;
using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Wire.Messages;
using Market.Silo.Keys;

namespace Market.Silo.Tests.Keys;

[UnsupportedOSPlatform("windows")]
public sealed class MarketKeysTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder = Directory.CreateTempSubdirectory("market-keys-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Keys_are_made_once_and_only_for_their_owner()
    {
        using var made = MarketKeys.OpenOrCreate(_folder);
        using var found = MarketKeys.OpenOrCreate(_folder);
        Assert.Equal(made.KeyId, found.KeyId);
        Assert.True(made.CursorKey.Span.SequenceEqual(found.CursorKey.Span));
        var keys = Path.Combine(_folder, "keys");
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(keys));
        Assert.Equal(3, Directory.GetFiles(keys).Length);
        Assert.All(Directory.GetFiles(keys), path => Assert.Equal(OwnerOnly, File.GetUnixFileMode(path)));
    }

    [Fact]
    public void A_receipt_verifies_with_the_public_key()
    {
        using var keys = MarketKeys.OpenOrCreate(_folder);
        var market = new MarketId(Guid.CreateVersion7());
        var receipt = keys.SignReceipt(market, new byte[] { 1, 2, 3 });
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(keys.PublicKey.Span, out _);
        Assert.Equal(64, receipt.Signature.Length);
        Assert.Equal(keys.KeyId, receipt.KeyId);
        Assert.True(Verifies(key, SignedPayload.ForReceipt(market, receipt.Bytes.Span), receipt.Signature.Span));
        Assert.False(Verifies(key, SignedPayload.ForAct(market, receipt.Bytes.Span), receipt.Signature.Span));
    }

    [Theory]
    [InlineData("market-signing.pem")]
    [InlineData("cursor.key")]
    [InlineData("private-data.key")]
    public void A_damaged_key_is_named_and_kept(string name)
    {
        MarketKeys.OpenOrCreate(_folder).Dispose();
        var path = Path.Combine(_folder, "keys", name);
        File.WriteAllText(path, "nonsense");
        var error = Assert.Throws<MarketKeysException>(() => MarketKeys.OpenOrCreate(_folder));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal("nonsense", File.ReadAllText(path));
    }

    [Fact]
    public void A_key_that_others_can_read_is_not_used()
    {
        MarketKeys.OpenOrCreate(_folder).Dispose();
        File.SetUnixFileMode(Path.Combine(_folder, "keys", "cursor.key"), OwnerOnly | UnixFileMode.GroupRead);
        var error = Assert.Throws<MarketKeysException>(() => MarketKeys.OpenOrCreate(_folder));
        Assert.Contains("chmod 600", error.Message, StringComparison.Ordinal);
    }

    private static bool Verifies(ECDsa key, byte[] bytes, ReadOnlySpan<byte> signature) => key.VerifyData(
        bytes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
}
