namespace Market.Simulations.Running.Users;

/// <summary>
/// Folders in which users' files are built: with random names, for this user alone, and removed at the end.
/// </summary>
internal sealed class BuildFolders : IDisposable
{
    private readonly List<DirectoryInfo> _folders = [];

    /// <summary>Makes one.</summary>
    /// <returns>Its full path.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    public string New()
    {
        var folder = Directory.CreateTempSubdirectory("market-strategies-");
        _folders.Add(folder);
        return folder.FullName;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var folder in _folders)
        {
            try
            {
                folder.Delete(recursive: true);
            }
            catch (UnauthorizedAccessException) when (OperatingSystem.IsWindows())
            {
                // There an assembly that this process has loaded cannot be removed; the system clears the folder up.
            }
        }

        _folders.Clear();
    }
}
