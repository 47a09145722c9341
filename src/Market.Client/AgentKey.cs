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
    private const string PemLabel = "PRIVATE KEY";

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
    /// <exception cref="AgentKeyException">The file is there and holds no P-256 key.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static AgentKey LoadOrCreate(string path)
    {
        if (File.Exists(path))
        {
            return Load(path);
        }

        var key = Create();
        try
        {
            key.Save(path);
            return key;
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first: its key is the agent's.
            key.Dispose();
            return Load(path);
        }
    }

    /// <summary>The key of a file that <see cref="Save"/> or any other program wrote as PKCS#8 PEM.</summary>
    /// <exception cref="AgentKeyException">The file holds no P-256 key.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static AgentKey Load(string path)
    {
        var pem = File.ReadAllText(path);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            var parameters = key.ExportParameters(includePrivateParameters: true);
            var isP256 = parameters.Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;
            CryptographicOperations.ZeroMemory(parameters.D);
            return isP256 ? new AgentKey(key) : throw new AgentKeyException(path, "its curve is not P-256", null);
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException or AgentKeyException)
        {
            key.Dispose();
            throw error as AgentKeyException
                ?? new AgentKeyException(path, "it holds no private key in PEM form", error);
        }
    }

    /// <summary>Writes the key as PKCS#8 PEM to a new file that only its owner may read (mode 0600).</summary>
    /// <exception cref="IOException">The file is there already, or cannot be written. A key is never
    /// overwritten.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);

        // Written aside and moved, so that no other process ever loads half a key.
        var aside = $"{full}.{Guid.NewGuid():n}";
        try
        {
            WriteOwnerOnly(aside);
            File.Move(aside, full, overwrite: false);
        }
        finally
        {
            File.Delete(aside);
        }
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

    private void WriteOwnerOnly(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        byte[] pkcs8;
        lock (_gate)
        {
            pkcs8 = _key.ExportPkcs8PrivateKey();
        }

        using var writer = new StreamWriter(path, options);
        writer.WriteLine(PemEncoding.Write(PemLabel, pkcs8));
        CryptographicOperations.ZeroMemory(pkcs8);
    }
}
