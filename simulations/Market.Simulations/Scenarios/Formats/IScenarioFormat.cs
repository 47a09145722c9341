using Market.Simulations.Scenarios.Documents;

namespace Market.Simulations.Scenarios.Formats;

/// <summary>A format of scenario files.</summary>
internal interface IScenarioFormat
{
    /// <summary>Its name, as `import`, `export` and `list` use it.</summary>
    string Name { get; }

    /// <summary>A sentence about it.</summary>
    string About { get; }

    /// <summary>Whether these files of one folder are a scenario of this format.</summary>
    bool Knows(IReadOnlyList<SourceDocument> documents);

    /// <summary>The scenario of the files.</summary>
    /// <param name="folder">The folder's name, for a format whose files name no scenario.</param>
    /// <param name="documents">The files of the folder, sorted by name.</param>
    /// <exception cref="ScenarioFileException">Something is missing or wrong.</exception>
    ScenarioDraft Read(string folder, IReadOnlyList<SourceDocument> documents);

    /// <summary>The files that say a scenario, by name.</summary>
    /// <exception cref="ExportRefusedException">The format cannot say it.</exception>
    IReadOnlyDictionary<string, string> Write(Scenario scenario);
}
