using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Market.Domain;

namespace Market.Silo.Keys;

/// <summary>
/// The keys of agents' private records as files of <c>keys/private/</c>, each sealed with the market's key for private
/// data. They are not in the database: what it keeps of its past (its log, dead rows, backups) opens no record whose
/// key's file is gone.
/// </summary>
internal sealed class AgentKeyFiles
{
    private const string FolderName = "private";
    private const string Extension = ".key";

    private readonly string _folder;
    private readonly byte[] _dataKey;

    /// <summary>Opens the folder, or makes it.</summary>
    /// <param name="dataFolder">The market's data folder.</param>
    /// <param name="dataKey">The market's key for private data.</param>
    public AgentKeyFiles(string dataFolder, byte[] dataKey)
    {
        _folder = Path.Combine(dataFolder, KeyFolder.Name, FolderName);
        _dataKey = dataKey;
        KeyFolder.MakeFolder(_folder);
    }

    /// <summary>Makes a key; it is on the disk when this returns.</summary>
    public (Guid Id, byte[] Key) Make(AgentNumber agent)
    {
        var id = Guid.NewGuid();
        var key = RandomNumberGenerator.GetBytes(SealedBox.KeyBytes);
        KeyFolder.Write(PathOf(agent, id), SealedBox.Seal(_dataKey, key, PurposeOf(agent, id)));
        return (id, key);
    }

    /// <summary>A key; null where it is gone or cannot be opened.</summary>
    public byte[]? Find(AgentNumber agent, Guid id)
    {
        try
        {
            return SealedBox.Open(_dataKey, File.ReadAllBytes(PathOf(agent, id)), PurposeOf(agent, id));
        }
        catch (FileNotFoundException)
        {
            return null; // its records were erased
        }
    }

    /// <summary>The agents that have keys here.</summary>
    public IReadOnlyList<AgentNumber> Agents() =>
    [
        .. Directory.EnumerateFiles(_folder, "*" + Extension)
            .Select(static file => Path.GetFileName(file).Split('-')[0])
            .Where(static name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(static name => new AgentNumber(int.Parse(name, CultureInfo.InvariantCulture)))
            .Distinct(),
    ];

    /// <summary>Deletes every key of an agent but those that are in use.</summary>
    public void DeleteAllBut(AgentNumber agent, IReadOnlyCollection<Guid> used)
    {
        var kept = used.Select(id => PathOf(agent, id)).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_folder, $"{agent.Value}-*{Extension}"))
        {
            if (!kept.Contains(file))
            {
                File.Delete(file);
            }
        }
    }

    private static byte[] PurposeOf(AgentNumber agent, Guid id) => Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"market.private-key-file.v1 {agent.Value} {id:n}"));

    private string PathOf(AgentNumber agent, Guid id) =>
        Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{agent.Value}-{id:n}{Extension}"));
}
