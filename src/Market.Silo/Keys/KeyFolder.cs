using System.Security.Cryptography;

namespace Market.Silo.Keys;

/// <summary>
/// The folder of a market's secrets, beside its data and never in the database: only its owner may enter it (0700) or
/// read a file of it (0600). A file is made aside and moved into place, so that it is whole or not there.
/// </summary>
internal sealed class KeyFolder
{
    /// <summary>Name of the folder in the data folder.</summary>
    public const string Name = "keys";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = ~(OwnerOnly | UnixFileMode.UserExecute);

    private readonly string _path;

    /// <summary>Opens the folder beside some data, or makes it.</summary>
    public KeyFolder(string dataFolder)
    {
        _path = Path.Combine(dataFolder, Name);
        MakeFolder(_path);
    }

    /// <summary>Makes a folder that only its owner may enter, unless it is there.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Whether a secret is there.</summary>
    public bool Has(string name) => File.Exists(Path.Combine(_path, name));

    /// <summary>The bytes of a secret, which is made when it is not there yet.</summary>
    /// <exception cref="MarketKeysException">Others than its owner may read it.</exception>
    public byte[] ReadOrCreate(string name, Func<byte[]> make)
    {
        var path = Path.Combine(_path, name);
        if (!File.Exists(path))
        {
            var made = make();
            Write(path, made);
            return made;
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new MarketKeysException($"The key '{path}' can be read by others; run: chmod 600 '{path}'.");
        }

        return File.ReadAllBytes(path);
    }

    /// <summary>Deletes a secret that can be made again; nothing where it is not there.</summary>
    public void Delete(string name) => File.Delete(Path.Combine(_path, name));

    /// <summary>What to say of a secret that is there and cannot be used.</summary>
    public MarketKeysException Damaged(string name, Exception? inner = null) =>
        new($"The key '{Path.Combine(_path, name)}' is damaged; restore it from a backup.", inner);

    /// <summary>What to say of a secret that is not there and that some data needs.</summary>
    public MarketKeysException Missing(string name, string needs) =>
        new($"The key '{Path.Combine(_path, name)}' is missing, and '{needs}' cannot be read without it; "
            + "restore it from a backup.");

    /// <summary>Writes a new file that only its owner may read; one that is there already is not touched.</summary>
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    public static void Write(string path, byte[] bytes)
    {
        var aside = $"{path}.{RandomNumberGenerator.GetHexString(8)}.new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var file = new FileStream(aside, options))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, path);
    }
}
