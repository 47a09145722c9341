using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Market.Silo.Keys;

namespace Market.Silo.Https;

/// <summary>
/// A certificate that the market makes for itself, for development and for machines of one's own: kept beside the
/// market's keys, made anew a month before its end or when it lacks a name. Nobody vouches for it; clients pin it.
/// </summary>
internal static class SelfMadeCertificate
{
    /// <summary>Its private key in the folder of keys.</summary>
    public const string KeyName = "https.key";

    /// <summary>The certificate in the folder of keys, to be given to clients.</summary>
    public const string CertificateName = "https.crt";

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly TimeSpan ValidFor = TimeSpan.FromDays(365);
    private static readonly TimeSpan RenewedBefore = TimeSpan.FromDays(30);
    private static readonly string[] Always = ["localhost", "127.0.0.1", "::1"];

    /// <summary>The one beside some data, made where there is none that will do; in memory where no data is.</summary>
    /// <param name="dataFolder">The folder of the data; null for a market in memory.</param>
    /// <param name="hosts">Names and addresses that it must be good for beside loopback's.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="MarketKeysException">Others may read its key.</exception>
    public static ServerCertificate OpenOrCreate(string? dataFolder, IEnumerable<string> hosts, DateTimeOffset now)
    {
        string[] names = [.. Always.Concat(hosts).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (dataFolder is null)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return new ServerCertificate(Make(key, names, now), [], isSelfMade: true);
        }

        var folder = new KeyFolder(dataFolder);
        if (folder.Has(KeyName) && folder.Has(CertificateName) && Open(folder, names, now) is { } kept)
        {
            return kept;
        }

        folder.Delete(KeyName);
        folder.Delete(CertificateName);
        using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var made = Make(fresh, names, now);
        folder.ReadOrCreate(KeyName, () => Encoding.ASCII.GetBytes(fresh.ExportPkcs8PrivateKeyPem()));
        folder.ReadOrCreate(CertificateName, () => Encoding.ASCII.GetBytes(made.ExportCertificatePem()));
        return new ServerCertificate(made, [], isSelfMade: true);
    }

    private static ServerCertificate? Open(KeyFolder folder, string[] names, DateTimeOffset now)
    {
        try
        {
            var leaf = X509Certificate2.CreateFromPem(Text(CertificateName), Text(KeyName));
            if (leaf.NotAfter.ToUniversalTime() > (now + RenewedBefore).UtcDateTime
                && leaf.NotBefore.ToUniversalTime() <= now.UtcDateTime
                && names.All(name => leaf.MatchesHostname(name)))
            {
                return new ServerCertificate(leaf, [], isSelfMade: true);
            }

            leaf.Dispose();
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            // Damaged or of two minds: it is nobody's but ours, so another one is made.
        }

        return null;

        string Text(string name) => Encoding.ASCII.GetString(folder.ReadOrCreate(name, static () => []));
    }

    private static X509Certificate2 Make(ECDsa key, string[] names, DateTimeOffset now)
    {
        var request = new CertificateRequest("CN=Market (self-made)", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        return request.CreateSelfSigned(now.AddDays(-1), now + ValidFor);
    }
}
