using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Market.Silo.Tests.Https;

/// <summary>Certificates that tests show to each other, as files in a folder.</summary>
internal static class Certificates
{
    /// <summary>Makes an authority and a server's certificate by it, and writes both and the key as PEM.</summary>
    public static (string Certificate, string Key, string Authority) Write(
        string folder, string name = "localhost", DateTimeOffset? from = null, DateTimeOffset? until = null,
        string? password = null)
    {
        var now = DateTimeOffset.UtcNow;
        using var authority = Authority(now);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(
            authority, from ?? now.AddDays(-1), until ?? now.AddDays(30), RandomNumberGenerator.GetBytes(8));
        return (
            File(folder, "server.pem", certificate.ExportCertificatePem() + "\n" + authority.ExportCertificatePem()),
            File(folder, "server.key", password is null
                ? key.ExportPkcs8PrivateKeyPem()
                : key.ExportEncryptedPkcs8PrivateKeyPem(
                    password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000))),
            File(folder, "authority.pem", authority.ExportCertificatePem()));
    }

    /// <summary>The same as PKCS #12, the key in it.</summary>
    public static string WritePfx(string folder, string password)
    {
        var (certificate, key, _) = Write(folder);
        using var leaf = X509Certificate2.CreateFromPemFile(certificate, key);
        var path = Path.Combine(folder, "server.pfx");
        System.IO.File.WriteAllBytes(path, leaf.Export(X509ContentType.Pfx, password));
        return path;
    }

    private static X509Certificate2 Authority(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Authority of the tests", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request.CreateSelfSigned(now.AddYears(-3), now.AddYears(3));
    }

    private static string File(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
