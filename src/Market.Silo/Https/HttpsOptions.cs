namespace Market.Silo;

/// <summary>How a market speaks TLS. Without a file it makes a certificate of its own, for development.</summary>
public sealed class HttpsOptions
{
    /// <summary>
    /// The certificate with its chain: PEM, or PKCS #12 (.pfx) with the key in it. Null for a self-made one, which is
    /// kept beside the market's keys.
    /// </summary>
    public string? CertificateFile { get; init; }

    /// <summary>The private key in PEM, where it is not in the certificate's file.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Opens an encrypted key; null where it is not encrypted.</summary>
    public string? Password { get; init; }
}
