using Market.Simulations.Scenarios.Documents;
using Market.Simulations.Scenarios.Formats.Own;

namespace Market.Simulations.Scenarios;

/// <summary>The scenarios that come with this program, one YAML file each.</summary>
internal static class ScenarioLibrary
{
    /// <summary>The folder of the files, beside the program.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Scenarios", "Library");

    /// <summary>The names, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*.yaml")
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Whether there is a scenario of a name.</summary>
    public static bool Contains(string name) => Names.Contains(name, StringComparer.Ordinal);

    /// <summary>The scenario of a name.</summary>
    /// <exception cref="ScenarioFileException">There is none.</exception>
    public static LoadedScenario Load(string name)
    {
        if (!Contains(name))
        {
            throw new ScenarioFileException(
                new Place($"<{name}>"), $"there is no scenario of this name; there are: {string.Join(", ", Names)}.");
        }

        var document = SourceDocument.Open(Path.Combine(Folder, name + ".yaml"));
        return ScenarioBuilder.Build(OwnReader.Read(document), OwnFormat.FormatName);
    }
}
