using System.Security.Cryptography;
using Market.Domain;

namespace Market.Client;

/// <summary>
/// An agent's identity: a P-256 key pair. Whoever holds the file acts as the agent, so it is written readable by its
/// owner
/// only, and nothing of the private key ever leaves this object but into that file. Safe for many threads.
/// </summary>
public sealed class AgentKey : IDisposable
{
    // ECDsa is not safe for two threads at once; a signature takes about 0.05 ms.
    private readonly Lock _gate = new();
    private readonly ECDsa _key;

    private AgentKey(ECDsa key)
    {
        _key = key;
        PublicKey = key.ExportSubjectPublicKeyInfo();
        Thumbprint = Hash256.Of(PublicKey.Span);
    }

    /// <summary>The SubjectPublicKeyInfo of the key, DER: what the market knows the agent by.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>SHA-256 of <see cref="PublicKey"/>.</summary>
    public Hash256 Thumbprint { get; }

    /// <summary>A new key, in memory only; see <see cref="Save"/>.</summary>
    public static AgentKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>
    /// The key of a file, or a new key that is written to it first. One call is all that an agent needs.
    /// </summary>
    /// <param name="path">Where the key is, or shall be; its folder is created.</param>
    /// <param name="passphrase">What the file is encrypted with; null for a file that is not.</param>
    /// <exception cref="AgentKeyException">
    /// The file is there, and holds no P-256 key, or others may read it, or the passphrase is not its own.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static AgentKey LoadOrCreate(string path, string? passphrase = null)
    {
        if (File.Exists(path))
        {
            return Load(path, passphrase);
        }

        var key = Create();
        try
        {
            key.Save(path, passphrase);
            return key;
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first: its key is the agent's.
            key.Dispose();
            return Load(path, passphrase);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The key of a file that <see cref="Save"/> or any other program wrote as PKCS#8 PEM.</summary>
    /// <param name="path">Where the key is.</param>
    /// <param name="passphrase">What the file is encrypted with; null for a file that is not.</param>
    /// <exception cref="AgentKeyException">
    /// The file holds no P-256 key, or others may read it, or the passphrase is not its own.
    /// </exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static AgentKey Load(string path, string? passphrase = null) => new(AgentKeyFile.Read(path, passphrase));

    /// <summary>Writes the key as PKCS#8 PEM to a new file that only its owner may read (mode 0600).</summary>
    /// <param name="path">Where; its folder is created.</param>
    /// <param name="passphrase">
    /// What to encrypt it with (AES-256, its key by 600,000 rounds of PBKDF2 with SHA-256); null to write it as it is.
    /// </param>
    /// <exception cref="IOException">The file is there already, or cannot be written. A key is never
    /// overwritten.</exception>
    public void Save(string path, string? passphrase = null)
    {
        char[] pem;
        lock (_gate)
        {
            pem = AgentKeyFile.PemOf(_key, passphrase);
        }

        AgentKeyFile.Write(path, pem);
        Array.Clear(pem);
    }

    /// <summary>ES256 over bytes: 64 bytes, r then s.</summary>
    public byte[] Sign(ReadOnlySpan<byte> content)
    {
        lock (_gate)
        {
            return _key.SignData(
                content, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _key.Dispose();
        }
    }
}
