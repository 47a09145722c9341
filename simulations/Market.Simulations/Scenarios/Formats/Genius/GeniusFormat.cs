using System.Text;
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
        var check = ExportCheck.Of(Name, scenario).NoBias().FiniteReservations().NoNegativeValues();
        foreach (var issue in scenario.Agenda.Issues)
        {
            if (!issue.Choices.Append(issue.Name).All(static name => name.EnumerateRunes().All(IsOfXml)))
            {
                check.Add($"the issue '{issue.Name}' has a name with a character that XML has not");
            }
        }

        check.ThrowIfAny();
        return GeniusWriter.Write(scenario);
    }

    private static bool IsOfXml(Rune rune) => rune.Value is not (0xFFFD or 0xFFFE or 0xFFFF);
}
