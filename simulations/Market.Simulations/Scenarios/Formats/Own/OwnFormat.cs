using Market.Simulations.Scenarios.Documents;

namespace Market.Simulations.Scenarios.Formats.Own;

/// <summary>Our own format: one YAML file a scenario.</summary>
internal sealed class OwnFormat : IScenarioFormat
{
    /// <summary>The format's name.</summary>
    public const string FormatName = "market";

    /// <inheritdoc/>
    public string Name => FormatName;

    /// <inheritdoc/>
    public string About => "Our own YAML: one commented file a scenario, any number of parties.";

    /// <inheritdoc/>
    public bool Knows(IReadOnlyList<SourceDocument> documents) =>
        documents is [var only] && OwnReader.Knows(only);

    /// <inheritdoc/>
    public ScenarioDraft Read(string folder, IReadOnlyList<SourceDocument> documents) => OwnReader.Read(documents[0]);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Write(Scenario scenario) =>
        new SortedDictionary<string, string> { [scenario.Name + ".yaml"] = OwnWriter.Write(scenario) };
}
