using System.Security.Cryptography;
using Market.Domain;

namespace Market.Client.Tests;

public sealed class AgentKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("market-key-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_key_is_made_once_and_loaded_ever_after()
    {
        var path = Path.Combine(_folder, "keys", "agent.pem");
        using var first = AgentKey.LoadOrCreate(path);
        using var second = AgentKey.LoadOrCreate(path);
        Assert.Equal(first.PublicKey.ToArray(), second.PublicKey.ToArray());
        Assert.Equal(Hash256.Of(first.PublicKey.Span), second.Thumbprint);
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_its_owner_may_read_a_key_file()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var path = Path.Combine(_folder, "agent.pem");
        AgentKey.LoadOrCreate(path).Dispose();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_signature_is_64_bytes_and_verifies_with_the_public_key()
    {
        using var key = AgentKey.Create();
        var signature = key.Sign("terms"u8);
        using var verifier = ECDsa.Create();
        verifier.ImportSubjectPublicKeyInfo(key.PublicKey.Span, out _);
        Assert.Equal(64, signature.Length);
        Assert.True(verifier.VerifyData("terms"u8, signature, HashAlgorithmName.SHA256));
        Assert.False(verifier.VerifyData("other"u8, signature, HashAlgorithmName.SHA256));
    }

    [Fact]
    public void A_key_file_is_never_overwritten()
    {
        var path = Path.Combine(_folder, "agent.pem");
        using var key = AgentKey.LoadOrCreate(path);
        using var other = AgentKey.Create();
        Assert.Throws<IOException>(() => other.Save(path));
        using var loaded = AgentKey.Load(path);
        Assert.Equal(key.Thumbprint, loaded.Thumbprint);
    }

    [Fact]
    public void A_file_without_a_key_is_refused_by_name()
    {
        var path = Path.Combine(_folder, "agent.pem");
        File.WriteAllText(path, "no key");
        var error = Assert.Throws<AgentKeyException>(() => AgentKey.LoadOrCreate(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_another_curve_is_refused()
    {
        var path = Path.Combine(_folder, "agent.pem");
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        File.WriteAllText(path, other.ExportPkcs8PrivateKeyPem());
        var error = Assert.Throws<AgentKeyException>(() => AgentKey.Load(path));
        Assert.Contains("P-256", error.Message, StringComparison.Ordinal);
    }
}
