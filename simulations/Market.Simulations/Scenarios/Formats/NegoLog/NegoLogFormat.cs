using System.Text.Json;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Simulations.Scenarios.Documents;

namespace Market.Simulations.Scenarios.Formats.NegoLog;

/// <summary>
/// NegoLog JSON: profileA.json and profileB.json, each with weights and tables; specs.json beside them.
/// </summary>
internal sealed class NegoLogFormat : IScenarioFormat
{
    /// <inheritdoc/>
    public string Name => "negolog";

    /// <inheritdoc/>
    public string About => "NegoLog JSON: profileA.json and profileB.json; two parties, discrete issues.";

    /// <inheritdoc/>
    public bool Knows(IReadOnlyList<SourceDocument> documents) => documents.Any(IsProfile);

    /// <inheritdoc/>
    public ScenarioDraft Read(string folder, IReadOnlyList<SourceDocument> documents)
    {
        var profiles = documents.Where(IsProfile).ToList();
        if (profiles.Count != 2)
        {
            throw new ScenarioFileException(
                new Place(profiles[0].Path), $"the folder holds {profiles.Count} profiles; it must hold two.");
        }

        var tables = profiles[0].Root!.Field("issues");
        var issues = tables.AsFields("'issues'").Select(IssueOf).ToList();
        return new ScenarioDraft(
            folder, tables.Place, issues, [.. profiles.Select(profile => ProfileOf(profile, issues))]);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Write(Scenario scenario)
    {
        ExportCheck.Of(Name, scenario).TwoParties().NoBias().NoDiscount().FiniteReservations().ThrowIfAny();
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["profileA.json"] = Write(scenario, 0),
            ["profileB.json"] = Write(scenario, 1),
            ["specs.json"] = NegoLogSpecs.TextOf(scenario),
        };
    }

    private static bool IsProfile(SourceDocument document) =>
        document.HasFields("issueWeights", "issues") && document.Root!.Field("issues").Fields is not null;

    private static IssueDraft IssueOf(SourceField field)
    {
        var names = field.Value.AsFields($"the values of '{field.Name}'").Select(value => value.Name).ToArray();
        return names.Length > 0
            ? new IssueDraft(Issue.Choice(field.Name, names), null, field.Key.Place)
            : throw field.Value.Wrong($"'{field.Name}' has no value.");
    }

    private static ProfileDraft ProfileOf(SourceDocument document, List<IssueDraft> issues)
    {
        var root = document.Root!;
        var (weights, tables) = (root.Field("issueWeights"), root.Field("issues"));
        var of = issues.Select(issue => tables.Field(issue.Issue.Name)).ToList();
        var reservation = root.Find("reservationValue");
        return new ProfileDraft(
            document.Name,
            new ProfilePlaces(
                root.Place, reservation?.Place ?? root.Place, of.Select(node => node.Place).ToValueArray()),
            [.. issues.Select(
                issue => weights.Field(issue.Issue.Name).AsNumber($"the weight of '{issue.Issue.Name}'"))],
            [.. of.Select((node, i) => NumericValues.Table(issues[i], node.Place, node.AsFields("a table").Select(
                field => (field.Name, field.Value.AsNumber($"the value of '{field.Name}'"), field.Key.Place))))])
        {
            Reservation = reservation?.AsReservation("'reservationValue'") ?? 0,
        };
    }

    private static string Write(Scenario scenario, int party) => JsonText.Of(json =>
    {
        var utility = scenario.Profiles[party].Utility;
        json.WriteStartObject();
        json.WriteNumber("reservationValue", utility.ReservationValue);
        json.Fields("issueWeights", () =>
        {
            for (var i = 0; i < utility.Weights.Count; i++)
            {
                json.WriteNumber(scenario.Agenda.Issues[i].Name, utility.Weights[i]);
            }
        });
        json.Fields("issues", () =>
        {
            for (var i = 0; i < utility.Weights.Count; i++)
            {
                WriteTable(json, scenario, party, i);
            }
        });
        json.WriteEndObject();
    });

    private static void WriteTable(Utf8JsonWriter json, Scenario scenario, int party, int place)
    {
        var issue = scenario.Agenda.Issues[place];
        var table = ScenarioTables.Of(scenario, party, place);
        json.Fields(issue.Name, () =>
        {
            for (var level = 0; level < table.Length; level++)
            {
                json.WriteNumber(scenario.TextOf(place, issue.ValueAt(level)), table[level]);
            }
        });
    }
}
