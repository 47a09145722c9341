using System.Buffers.Text;
using System.Security.Cryptography;
using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// The market's public keys, from the PEM files of the folder keys/ beside the store. A file that is not a P-256 key is
/// none.
/// </summary>
internal sealed class AuditKeys
{
    private static readonly IReadOnlyList<AuditKey> None = [];

    private readonly List<AuditKey> _all = [];
    private readonly Dictionary<string, AuditKey[]> _byName = [];

    /// <summary>Reads the keys of a data folder; none where it has none, or they may not be read.</summary>
    public static AuditKeys Load(string dataFolder)
    {
        var keys = new AuditKeys();
        var folder = new DirectoryInfo(Path.Combine(dataFolder, "keys"));
        if (!folder.Exists)
        {
            return keys;
        }

        foreach (var file in folder.EnumerateFiles("*.pem").OrderBy(static file => file.Name, StringComparer.Ordinal))
        {
            keys.Add(file);
        }

        return keys;
    }

    /// <summary>The key of an id; where no key is named so, all of them: one may fit.</summary>
    public IReadOnlyList<AuditKey> Find(string keyId, out bool isKnown)
    {
        isKnown = _byName.TryGetValue(keyId, out var found);
        return found ?? (_all.Count == 0 ? None : _all);
    }

    private void Add(FileInfo file)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(file.FullName));
        }
        catch (Exception error) when (
            error is ArgumentException or CryptographicException or PlatformNotSupportedException or IOException
                or UnauthorizedAccessException)
        {
            return; // not a key, or one that this user may not read: its receipts are counted as unchecked
        }

        if (key.KeySize != 256)
        {
            return;
        }

        var publicKey = key.ExportSubjectPublicKeyInfo();
        var found = new AuditKey(Hash32.Of(publicKey), publicKey);
        _all.Add(found);
        _byName[JwkThumbprintOf(key.ExportParameters(includePrivateParameters: false))] = [found];
    }

    /// <summary>
    /// RFC 7638: base64url of the SHA-256 of the key's required members, in order and without white space.
    /// </summary>
    private static string JwkThumbprintOf(ECParameters key)
    {
        var x = Base64Url.EncodeToString(key.Q.X);
        var y = Base64Url.EncodeToString(key.Q.Y);
        var json = $$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(json)));
    }
}
