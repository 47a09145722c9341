namespace Market.Simulations.Scenarios;

/// <summary>Writes the files of scenarios.</summary>
internal static class ScenarioFiles
{
    /// <summary>
    /// Writes files into a folder, which is made if need be. Nothing is written where one would be replaced.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="files">Texts by name.</param>
    /// <param name="isOverwriting">Whether files that are there may be replaced.</param>
    /// <returns>The paths.</returns>
    /// <exception cref="ScenarioFileException">A file is there, or the folder cannot be written.</exception>
    public static IReadOnlyList<string> Write(
        string folder, IReadOnlyDictionary<string, string> files, bool isOverwriting)
    {
        var paths = files.ToDictionary(file => Path.Combine(folder, file.Key), file => file.Value);
        if (!isOverwriting && paths.Keys.FirstOrDefault(File.Exists) is { } present)
        {
            throw new ScenarioFileException(
                new Place(present), "the file is there already; name another folder, or replace it by --overwrite.");
        }

        try
        {
            Directory.CreateDirectory(folder);
            foreach (var (path, text) in paths)
            {
                File.WriteAllText(path, text);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioFileException(new Place(folder), $"the folder cannot be written: {error.Message}", error);
        }

        return [.. paths.Keys];
    }
}
