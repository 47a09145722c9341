using Market.Simulations.Scenarios.Documents;

namespace Market.Simulations.Scenarios.Formats.Genius;

/// <summary>
/// GENIUS XML: a file of the domain (<c>negotiation_template</c>) and one of each party (<c>utility_space</c>).
/// </summary>
internal sealed class GeniusFormat : IScenarioFormat
{
    /// <inheritdoc/>
    public string Name => "genius";

    /// <inheritdoc/>
    public string About => "GENIUS XML: a domain and one profile a party; discrete, integer and real issues.";

    /// <inheritdoc/>
    public bool Knows(IReadOnlyList<SourceDocument> documents) =>
        documents.Any(one => one.Xml?.Name.LocalName == GeniusReader.DomainRoot);

    /// <inheritdoc/>
    public ScenarioDraft Read(string folder, IReadOnlyList<SourceDocument> documents) =>
        GeniusReader.Read(folder, [.. documents.Where(one => one.Xml is not null)]);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Write(Scenario scenario)
    {
        ExportCheck.Of(Name, scenario).NoBias().FiniteReservations().NoNegativeValues().ThrowIfAny();
        return GeniusWriter.Write(scenario);
    }
}
