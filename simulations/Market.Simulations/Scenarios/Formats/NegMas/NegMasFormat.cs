using Market.Simulations.Scenarios.Documents;

namespace Market.Simulations.Scenarios.Formats.NegMas;

/// <summary>NegMAS YAML or JSON: a file of the outcome space, and one a utility function.</summary>
internal sealed class NegMasFormat : IScenarioFormat
{
    /// <inheritdoc/>
    public string Name => "negmas";

    /// <inheritdoc/>
    public string About => "NegMAS YAML or JSON: typed issues and one linear additive utility function a party.";

    /// <inheritdoc/>
    public bool Knows(IReadOnlyList<SourceDocument> documents) => documents.Any(NegMasReader.IsDomain);

    /// <inheritdoc/>
    public ScenarioDraft Read(string folder, IReadOnlyList<SourceDocument> documents) =>
        NegMasReader.Read(folder, documents);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Write(Scenario scenario)
    {
        ExportCheck.Of(Name, scenario).NoDiscount().ThrowIfAny();
        return NegMasWriter.Write(scenario);
    }
}
