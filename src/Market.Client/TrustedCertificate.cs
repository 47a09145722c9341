using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Market.Client;

/// <summary>
/// Which certificate of a market is trusted beside those that this machine trusts anyway: exactly one, by its
/// fingerprint, or those of an authority in a file.
/// </summary>
public sealed class TrustedCertificate
{
    private const string Prefix = "sha256:";
    private readonly byte[]? _hash;
    private readonly X509Certificate2Collection? _authorities;

    private TrustedCertificate(byte[]? hash, X509Certificate2Collection? authorities) =>
        (_hash, _authorities) = (hash, authorities);

    /// <summary>
    /// Exactly the certificate with this SHA-256, as `market serve --https` prints it; whatever its name and its dates.
    /// </summary>
    /// <param name="sha256">64 hexadecimal digits, with or without colons between and `sha256:` before them.</param>
    /// <exception cref="ArgumentException">It is no such fingerprint.</exception>
    public static TrustedCertificate WithFingerprint(string sha256)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        var digits = sha256.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? sha256[Prefix.Length..] : sha256;
        digits = digits.Replace(":", "", StringComparison.Ordinal);
        return digits.Length == 2 * SHA256.HashSizeInBytes && digits.All(char.IsAsciiHexDigit)
            ? new TrustedCertificate(Convert.FromHexString(digits), null)
            : throw new ArgumentException(
                $"A fingerprint is {Prefix} and 64 hexadecimal digits; this has {digits.Length}.", nameof(sha256));
    }

    /// <summary>
    /// Certificates that an authority of this PEM file vouches for, or that are in it themselves; their names and dates
    /// must be right. A self-made one of a market is <c>keys/https.crt</c> of its data folder.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="CryptographicException">It has no certificate.</exception>
    public static TrustedCertificate FromFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(path);
        return authorities.Count > 0
            ? new TrustedCertificate(null, authorities)
            : throw new CryptographicException($"'{path}' has no certificate in PEM.");
    }

    /// <summary>
    /// Sets up a connection: what is found wrong with a certificate goes to <paramref name="refuse"/>.
    /// </summary>
    internal static SslClientAuthenticationOptions OptionsOf(
        TrustedCertificate? trusted, Action<string> refuse) => new()
        {
            CertificateChainPolicy = trusted?._authorities is not { } authorities ? null : PolicyOf(authorities),
            RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
            {
                var isTrusted = trusted?._hash is { } hash
                    ? certificate is not null && CryptographicOperations.FixedTimeEquals(
                        certificate.GetCertHash(HashAlgorithmName.SHA256), hash)
                    : errors == SslPolicyErrors.None;
                if (!isTrusted)
                {
                    refuse(TextOf(certificate, errors));
                }

                return isTrusted;
            },
        };

    private static X509ChainPolicy PolicyOf(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private static string TextOf(X509Certificate? certificate, SslPolicyErrors errors) => certificate is null
        ? "it shows none"
        : $"{Prefix}{certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant()} is not trusted"
            + (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? ", and not for this name" : "");
}
