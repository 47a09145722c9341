namespace Market.Grains.Journaling;

/// <summary>
/// Keeps every other process out of a data folder. The operating system lets the lock go when the process ends, however
/// it ends, so a kill leaves nothing behind that must be cleaned up; the empty file stays.
/// </summary>
public sealed class StoreLock : IDisposable
{
    /// <summary>Name of the lock file in the data folder.</summary>
    public const string FileName = "market.lock";

    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a folder, which must exist.</summary>
    /// <exception cref="StoreLockedException">Another process, or another journal of this one, holds it.</exception>
    public static StoreLock Take(string folder)
    {
        try
        {
            return new StoreLock(new FileStream(
                Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw new StoreLockedException(folder, error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
