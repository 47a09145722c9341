using Market.Simulations.Scenarios.Documents;
using Market.Simulations.Scenarios.Formats.Magentic;
using Market.Simulations.Scenarios.Formats.Own;

namespace Market.Simulations.Scenarios.Formats;

/// <summary>
/// Finds the scenarios of a file or folder by what the files hold: a file of ours is a scenario by itself; the files of
/// another format belong together when they lie in one folder; folders within are looked into.
/// </summary>
internal static class ScenarioFolder
{
    private static readonly string[] Extensions = [".yaml", ".yml", ".json", ".xml"];

    /// <summary>The scenarios of a file, or of the folder that it belongs to.</summary>
    /// <exception cref="ScenarioFileException">It is of no format, or something is wrong.</exception>
    public static IReadOnlyList<LoadedScenario> ReadFile(string path)
    {
        var document = SourceDocument.Open(path);
        if (OwnReader.Knows(document))
        {
            return [ScenarioBuilder.Build(OwnReader.Read(document), OwnFormat.FormatName)];
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return ScenarioFormats.Read(NameOf(folder), DocumentsIn(folder)) is { } scenario
            ? [scenario]
            : throw new ScenarioFileException(new Place(path), Unknown);
    }

    /// <summary>The scenarios of a folder and the folders in it.</summary>
    /// <exception cref="ScenarioFileException">There is none, or something is wrong.</exception>
    public static IReadOnlyList<LoadedScenario> Read(string folder)
    {
        var found = new List<LoadedScenario>();
        Collect(folder, 0, found);
        return found.Count > 0 ? found : throw new ScenarioFileException(new Place(folder), Unknown);
    }

    private static string Unknown =>
        "no scenario is in it. Files are read of the formats "
            + string.Join(", ", ScenarioFormats.Described.Select(format => format.Name))
            + "; docs/scenarios.md says what each looks like.";

    private static void Collect(string folder, int depth, List<LoadedScenario> found)
    {
        if (MagenticSource.Knows(folder))
        {
            found.AddRange(MagenticSource.Read(folder));
            return;
        }

        var documents = DocumentsIn(folder);
        var own = documents.Where(OwnReader.Knows).ToList();
        found.AddRange(own.Select(one => ScenarioBuilder.Build(OwnReader.Read(one), OwnFormat.FormatName)));
        if (ScenarioFormats.Read(NameOf(folder), [.. documents.Except(own)]) is { } scenario)
        {
            found.Add(scenario);
        }

        if (depth == ScenarioLimits.FolderDepthMax)
        {
            return;
        }

        foreach (var inner in Listed(folder, Directory.EnumerateDirectories))
        {
            Collect(inner, depth + 1, found);
        }
    }

    private static List<SourceDocument> DocumentsIn(string folder) =>
        [.. Listed(folder, Directory.EnumerateFiles)
            .Where(path => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            .Select(SourceDocument.Open)];

    private static List<string> Listed(string folder, Func<string, IEnumerable<string>> list)
    {
        try
        {
            var paths = list(folder).Take(ScenarioLimits.FilesMax + 1).Order(StringComparer.Ordinal).ToList();
            return paths.Count <= ScenarioLimits.FilesMax
                ? paths
                : throw new ScenarioFileException(
                    new Place(folder), $"it holds more than {ScenarioLimits.FilesMax} files; name a smaller folder.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioFileException(new Place(folder), $"the folder cannot be read: {error.Message}", error);
        }
    }

    private static string NameOf(string folder) =>
        Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
}
