using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Market.Silo.Https;

/// <summary>The certificate that a server shows, with its key and the chain that goes with it.</summary>
internal sealed class ServerCertificate : IDisposable
{
    private readonly X509Certificate2 _leaf;
    private readonly X509Certificate2Collection _chain;

    /// <summary>Takes over a certificate with its private key, and what stands between it and its root.</summary>
    public ServerCertificate(X509Certificate2 leaf, X509Certificate2Collection chain, bool isSelfMade)
    {
        (_leaf, _chain, IsSelfMade) = (leaf, chain, isSelfMade);
        // Offline: which certificates to send follows from the files, never from a download.
        Context = SslStreamCertificateContext.Create(leaf, chain, offline: true);
        Fingerprint = FingerprintOf(leaf);
    }

    /// <summary>Whether the market has made it: nobody vouches for it, so that clients must pin it.</summary>
    public bool IsSelfMade { get; }

    /// <summary>Its SHA-256, as `sha256:` and 64 hexadecimal digits: what a client may pin.</summary>
    public string Fingerprint { get; }

    /// <summary>What the handshake needs.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>A certificate's fingerprint.</summary>
    public static string FingerprintOf(X509Certificate2 certificate) =>
        "sha256:" + certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();

    /// <summary>
    /// Refuses a certificate that is not valid now, or not for one of the names that the market is reached by.
    /// </summary>
    /// <exception cref="MarketStartException">It is not.</exception>
    public void Require(string file, DateTimeOffset now, IEnumerable<string> hosts)
    {
        if (_leaf.NotAfter.ToUniversalTime() <= now.UtcDateTime)
        {
            throw new MarketStartException(
                $"The certificate '{file}' expired on {_leaf.NotAfter.ToUniversalTime():yyyy-MM-dd}; renew it.");
        }

        if (_leaf.NotBefore.ToUniversalTime() > now.UtcDateTime)
        {
            throw new MarketStartException(
                $"The certificate '{file}' is valid from {_leaf.NotBefore.ToUniversalTime():yyyy-MM-dd} on; "
                + "wait, or set this machine's clock.");
        }

        if (hosts.FirstOrDefault(host => !_leaf.MatchesHostname(host)) is { } other)
        {
            throw new MarketStartException(
                $"The certificate '{file}' is not one of '{other}'; remove that --host, or get one with this name.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _leaf.Dispose();
        foreach (var certificate in _chain)
        {
            certificate.Dispose();
        }
    }
}
