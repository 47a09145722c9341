using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Market.Domain;
using Market.Domain.Enrolling;

namespace Market.Silo.Keys;

/// <summary>
/// The private halves of agents' session keys: one file each in <c>keys/session/AGENT/</c>, sealed with the market's
/// key for private data, and gone when the key is taken back. Those of a market in memory end with it.
/// </summary>
internal sealed class SessionKeyFiles
{
    private const string Extension = ".key";

    private readonly Lock _making = new();
    private readonly string? _folder;
    private readonly byte[] _dataKey;
    private readonly ConcurrentDictionary<(AgentNumber, SessionKeyId), byte[]> _inMemory = [];

    /// <summary>Opens the files beside some data; null for a market in memory.</summary>
    public SessionKeyFiles(string? dataFolder, MarketKeys keys)
    {
        _folder = dataFolder is null ? null : Path.Combine(dataFolder, KeyFolder.Name, "session");
        _dataKey = keys.DataKey.ToArray();
    }

    /// <summary>The ids of the keys that are held for an agent.</summary>
    public IReadOnlyList<SessionKeyId> Of(AgentNumber agent)
    {
        if (_folder is null)
        {
            return [.. _inMemory.Keys.Where(key => key.Item1 == agent).Select(static key => key.Item2)];
        }

        var folder = FolderOf(agent);
        return !Directory.Exists(folder) ? [] :
        [
            .. Directory.EnumerateFiles(folder, "*" + Extension)
                .Select(static file => new SessionKeyId(Guid.Parse(Path.GetFileNameWithoutExtension(file)))),
        ];
    }

    /// <summary>The public half of a key, which is made when it is not there yet: SubjectPublicKeyInfo, DER.</summary>
    /// <exception cref="MarketKeysException">It is there and cannot be opened.</exception>
    public byte[] GetOrMake(AgentNumber agent, SessionKeyId id)
    {
        lock (_making)
        {
            using var key = Load(agent, id) ?? Make(agent, id);
            return key.ExportSubjectPublicKeyInfo();
        }
    }

    /// <summary>A key, to be disposed of; null where it is not there.</summary>
    /// <exception cref="MarketKeysException">It is there and cannot be opened.</exception>
    public ECDsa? Load(AgentNumber agent, SessionKeyId id)
    {
        if (Read(agent, id) is not { } box)
        {
            return null;
        }

        var content = SealedBox.Open(_dataKey, box, PurposeOf(agent, id))
            ?? throw new MarketKeysException($"The key '{PathOf(agent, id)}' is damaged; restore it from a backup.");
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(content, out _);
        CryptographicOperations.ZeroMemory(content);
        return key;
    }

    /// <summary>Deletes a key; nothing where there is none.</summary>
    public void Delete(AgentNumber agent, SessionKeyId id)
    {
        if (_folder is null)
        {
            _inMemory.TryRemove((agent, id), out _);
        }
        else if (Directory.Exists(FolderOf(agent)))
        {
            File.Delete(PathOf(agent, id));
        }
    }

    private static byte[] PurposeOf(AgentNumber agent, SessionKeyId id) => Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"market.session-key.v1 {agent} {id}"));

    private ECDsa Make(AgentNumber agent, SessionKeyId id)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var content = key.ExportPkcs8PrivateKey();
        Write(agent, id, SealedBox.Seal(_dataKey, content, PurposeOf(agent, id)));
        CryptographicOperations.ZeroMemory(content);
        return key;
    }

    private string FolderOf(AgentNumber agent) =>
        Path.Combine(_folder!, agent.Value.ToString(CultureInfo.InvariantCulture));

    private string PathOf(AgentNumber agent, SessionKeyId id) =>
        Path.Combine(FolderOf(agent), id.Value.ToString("n") + Extension);

    private byte[]? Read(AgentNumber agent, SessionKeyId id) =>
        _folder is null ? _inMemory.GetValueOrDefault((agent, id))
        : File.Exists(PathOf(agent, id)) ? File.ReadAllBytes(PathOf(agent, id))
        : null;

    private void Write(AgentNumber agent, SessionKeyId id, byte[] box)
    {
        if (_folder is null)
        {
            _inMemory[(agent, id)] = box;
            return;
        }

        KeyFolder.MakeFolder(FolderOf(agent));
        KeyFolder.Write(PathOf(agent, id), box);
    }
}
