using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Market.Silo.Https;

/// <summary>Reads a server's certificate from the files that an operator names.</summary>
internal static class CertificateFiles
{
    /// <summary>Where the password of an encrypted key is looked for.</summary>
    public const string PasswordVariable = "MARKET_CERTIFICATE_PASSWORD";

    private const int BytesMax = 1024 * 1024;

    /// <summary>Reads it.</summary>
    /// <exception cref="MarketStartException">It cannot be read, or key and certificate do not belong together.
    /// </exception>
    public static ServerCertificate Load(HttpsOptions options)
    {
        var file = options.CertificateFile!;
        var bytes = Read(file);
        try
        {
            return bytes.AsSpan().IndexOf("-----BEGIN "u8) >= 0
                ? LoadPem(options, Encoding.UTF8.GetString(bytes))
                : LoadPfx(bytes, options.Password);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new MarketStartException(
                $"The certificate '{file}' cannot be used: {error.Message.TrimEnd('.')}. {AdviceOf(options)}", error);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static ServerCertificate LoadPem(HttpsOptions options, string certificates)
    {
        var keys = options.KeyFile is { } keyFile ? Encoding.UTF8.GetString(Read(keyFile)) : certificates;
        if (!keys.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw new MarketStartException(
                $"There is no private key in '{options.KeyFile ?? options.CertificateFile}'; "
                + "name its PEM file with --certificate-key.");
        }

        var leaf = options.Password is { } password && keys.Contains("BEGIN ENCRYPTED", StringComparison.Ordinal)
            ? X509Certificate2.CreateFromEncryptedPem(certificates, keys, password)
            : X509Certificate2.CreateFromPem(certificates, keys);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificates);
        return Of(leaf, chain);
    }

    private static ServerCertificate LoadPfx(byte[] bytes, string? password)
    {
        var flags = OperatingSystem.IsLinux() ? X509KeyStorageFlags.EphemeralKeySet : X509KeyStorageFlags.DefaultKeySet;
        var all = X509CertificateLoader.LoadPkcs12Collection(bytes, password, flags);
        var leaf = all.FirstOrDefault(static one => one.HasPrivateKey)
            ?? throw new CryptographicException("it has no certificate with a private key");
        all.Remove(leaf);
        return Of(leaf, all);
    }

    private static ServerCertificate Of(X509Certificate2 leaf, X509Certificate2Collection others)
    {
        var copies = others.Where(one => one.RawDataMemory.Span.SequenceEqual(leaf.RawDataMemory.Span)).ToList();
        foreach (var same in copies)
        {
            others.Remove(same);
            same.Dispose();
        }

        return new ServerCertificate(leaf, others, isSelfMade: false);
    }

    private static byte[] Read(string file)
    {
        try
        {
            var length = new FileInfo(file).Length;
            return length <= BytesMax
                ? File.ReadAllBytes(file)
                : throw new MarketStartException($"'{file}' has {length} bytes; that is no certificate and no key.");
        }
        catch (FileNotFoundException)
        {
            throw new MarketStartException($"There is no file '{file}'; name a certificate in PEM or PKCS #12 (.pfx).");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MarketStartException($"The file '{file}' cannot be read: {error.Message}", error);
        }
    }

    private static string AdviceOf(HttpsOptions options) => options switch
    {
        { Password: null } =>
            $"Give PEM with --certificate-key, or PKCS #12; where it is encrypted, set {PasswordVariable}.",
        _ => "Key and certificate must belong together, and the password must be theirs.",
    };
}
