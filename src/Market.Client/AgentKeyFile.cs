using System.Security.Cryptography;

namespace Market.Client;

/// <summary>A private key in a file: PKCS#8 as PEM, encrypted or not, for its owner's eyes.</summary>
internal static class AgentKeyFile
{
    private const string Plain = "PRIVATE KEY";
    private const string Encrypted = "ENCRYPTED PRIVATE KEY";
    private const string Due = "a P-256 private key as PKCS#8 PEM is due";

    private const UnixFileMode OfOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // What OWASP asks of PBKDF2 with SHA-256; a quarter of a second, once a start.
    private static readonly PbeParameters Protection =
        new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 600_000);

    /// <summary>The PEM text of a key.</summary>
    public static char[] PemOf(ECDsa key, string? passphrase)
    {
        Check(passphrase);
        var pkcs8 = passphrase is null
            ? key.ExportPkcs8PrivateKey()
            : key.ExportEncryptedPkcs8PrivateKey(passphrase, Protection);
        try
        {
            return PemEncoding.Write(passphrase is null ? Plain : Encrypted, pkcs8);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    /// <summary>Writes a new file.</summary>
    public static void Write(string path, char[] pem)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);

        // Written aside and moved, so that no other process ever loads half a key.
        var aside = $"{full}.{Guid.NewGuid():n}";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var writer = new StreamWriter(aside, options))
            {
                writer.WriteLine(pem);
            }

            File.Move(aside, full, overwrite: false);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="AgentKeyException">It cannot be used.</exception>
    public static ECDsa Read(string path, string? passphrase)
    {
        Check(passphrase);
        var pem = File.ReadAllText(path);
        RefuseWhatOthersMayRead(path);
        RequireLabel(path, pem, passphrase is not null);
        var key = ECDsa.Create();
        try
        {
            if (passphrase is null)
            {
                key.ImportFromPem(pem);
            }
            else
            {
                key.ImportFromEncryptedPem(pem, passphrase);
            }

            var parameters = key.ExportParameters(includePrivateParameters: true);
            CryptographicOperations.ZeroMemory(parameters.D);
            return parameters.Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value
                ? key
                : throw new AgentKeyException(path, $"its curve is not P-256; {Due}", null);
        }
        catch (AgentKeyException)
        {
            key.Dispose();
            throw;
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new AgentKeyException(
                path,
                passphrase is null
                    ? $"it holds no private key in PEM form; {Due}"
                    : $"the passphrase is not its own, or it is damaged; {Due}",
                error);
        }
    }

    private static void RequireLabel(string path, string pem, bool isEncrypted)
    {
        var found = PemEncoding.TryFind(pem, out var fields) ? pem[fields.Label] : null;
        if (found == Encrypted && !isEncrypted)
        {
            throw new AgentKeyException(path, "it is encrypted; give its passphrase", null);
        }

        if (found is not null && found != Encrypted && isEncrypted)
        {
            throw new AgentKeyException(
                path, "it is not encrypted, though a passphrase was given; load it without one, and save it with one "
                + "to a new file", null);
        }
    }

    private static void RefuseWhatOthersMayRead(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var mode = File.GetUnixFileMode(path);
        if ((mode & OfOthers) != 0)
        {
            throw new AgentKeyException(
                path, $"others than its owner may use it (mode {Convert.ToString((int)mode, 8)}), and whoever reads it "
                + $"can act as the agent. If nobody has, say: chmod 600 '{path}'", null);
        }
    }

    private static void Check(string? passphrase)
    {
        if (passphrase is { Length: 0 })
        {
            throw new ArgumentException(
                "An empty passphrase protects nothing; give null for none.", nameof(passphrase));
        }
    }
}
