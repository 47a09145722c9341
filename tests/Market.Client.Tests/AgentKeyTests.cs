using System.Security.Cryptography;
using Market.Domain;

namespace Market.Client.Tests;

public sealed class AgentKeyTests : IDisposable
{
    private const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite;
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
        WriteOwnersOnly(path, "no key");
        var error = Assert.Throws<AgentKeyException>(() => AgentKey.LoadOrCreate(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("no private key", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_that_others_may_use_is_refused_and_says_how_to_mend_it(UnixFileMode more)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var path = Path.Combine(_folder, "agent.pem");
        AgentKey.LoadOrCreate(path).Dispose();
        File.SetUnixFileMode(path, Owners | more);
        var error = Assert.Throws<AgentKeyException>(() => AgentKey.LoadOrCreate(path));
        Assert.Contains($"chmod 600 '{path}'", error.Message, StringComparison.Ordinal);
        File.SetUnixFileMode(path, Owners);
        AgentKey.LoadOrCreate(path).Dispose();
    }

    [Fact]
    public void A_passphrase_protects_the_file_and_opens_it_again()
    {
        var path = Path.Combine(_folder, "agent.pem");
        using var made = AgentKey.LoadOrCreate(path, "correct horse");
        using var loaded = AgentKey.LoadOrCreate(path, "correct horse");
        Assert.Equal(made.Thumbprint, loaded.Thumbprint);
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("correct horse", null, "it is encrypted; give its passphrase")]
    [InlineData("correct horse", "other horse", "the passphrase is not its own")]
    [InlineData(null, "correct horse", "it is not encrypted")]
    public void A_passphrase_that_is_not_the_files_own_is_refused(string? saved, string? given, string reason)
    {
        var path = Path.Combine(_folder, "agent.pem");
        AgentKey.LoadOrCreate(path, saved).Dispose();
        var error = Assert.Throws<AgentKeyException>(() => AgentKey.LoadOrCreate(path, given));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_passphrase_is_refused_and_makes_no_file()
    {
        var path = Path.Combine(_folder, "agent.pem");
        Assert.Throws<ArgumentException>(() => AgentKey.LoadOrCreate(path, ""));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_key_of_another_curve_is_refused()
    {
        var path = Path.Combine(_folder, "agent.pem");
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        WriteOwnersOnly(path, other.ExportPkcs8PrivateKeyPem());
        var error = Assert.Throws<AgentKeyException>(() => AgentKey.Load(path));
        Assert.Contains("P-256", error.Message, StringComparison.Ordinal);
    }

    private static void WriteOwnersOnly(string path, string text)
    {
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Owners);
        }
    }
}
