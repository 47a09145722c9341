using Market.Simulations.Scenarios.Documents;
using Market.Simulations.Scenarios.Formats.Genius;
using Market.Simulations.Scenarios.Formats.GeniusWeb;
using Market.Simulations.Scenarios.Formats.Magentic;
using Market.Simulations.Scenarios.Formats.NegMas;
using Market.Simulations.Scenarios.Formats.NegoLog;
using Market.Simulations.Scenarios.Formats.Own;

namespace Market.Simulations.Scenarios.Formats;

/// <summary>Every format that is read, and those that are written, too.</summary>
internal static class ScenarioFormats
{
    /// <summary>The formats of one scenario, ours first; all are read and written.</summary>
    public static IReadOnlyList<IScenarioFormat> All { get; } =
    [
        new OwnFormat(), new GeniusFormat(), new GeniusWebFormat(), new NegMasFormat(), new NegoLogFormat(),
    ];

    /// <summary>Every format in a sentence, in the order of a list for people.</summary>
    public static IReadOnlyList<FormatDescription> Described { get; } =
    [
        .. All.Select(format => new FormatDescription(format.Name, format.About, IsWritten: true)),
        new FormatDescription(MagenticSource.FormatName, MagenticSource.About, IsWritten: false),
    ];

    /// <summary>The format of a name; null where there is none.</summary>
    public static IScenarioFormat? Find(string name) =>
        All.FirstOrDefault(format => format.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The scenario of files that belong together; null where no format knows them.</summary>
    /// <exception cref="ScenarioFileException">A format knows them, and something is wrong.</exception>
    public static LoadedScenario? Read(string folder, IReadOnlyList<SourceDocument> documents) =>
        All.FirstOrDefault(format => format.Knows(documents)) is { } known
            ? ScenarioBuilder.Build(known.Read(folder, documents), known.Name)
            : null;
}
