using System.Text.Json;
using Market.Domain.Negotiating;

namespace Market.Simulations.Scenarios.Formats.GeniusWeb;

/// <summary>Writes GeniusWeb files; every issue becomes a discrete one.</summary>
internal static class GeniusWebWriter
{
    /// <summary>The domain's file and one of each profile.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="bids">The reservation bid of each profile; null where it has none.</param>
    public static SortedDictionary<string, string> Write(Scenario scenario, IReadOnlyList<Outcome?> bids)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [scenario.Name + ".json"] = JsonText.Of(json =>
            {
                json.WriteStartObject();
                WriteDomain(json, scenario);
                json.WriteEndObject();
            }),
        };
        for (var i = 0; i < scenario.Profiles.Count; i++)
        {
            files[PartyFile.NameOf(scenario, i) + ".json"] = ProfileOf(scenario, i, bids[i]);
        }

        return files;
    }

    private static string ProfileOf(Scenario scenario, int party, Outcome? bid) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.Fields(GeniusWebFormat.Space, () =>
        {
            json.Fields("issueUtilities", () =>
            {
                for (var i = 0; i < scenario.Agenda.Issues.Count; i++)
                {
                    WriteTable(json, scenario, party, i);
                }
            });
            json.Fields("issueWeights", () =>
            {
                for (var i = 0; i < scenario.Agenda.Issues.Count; i++)
                {
                    json.WriteNumber(scenario.Agenda.Issues[i].Name, scenario.Profiles[party].Utility.Weights[i]);
                }
            });
            json.Fields("domain", () => WriteDomain(json, scenario));
            json.WriteString("name", scenario.Profiles[party].Name);
            if (bid is { } outcome)
            {
                json.Fields("reservationBid", () => json.Fields("issuevalues", () =>
                {
                    for (var i = 0; i < scenario.Agenda.Issues.Count; i++)
                    {
                        json.WriteString(scenario.Agenda.Issues[i].Name, scenario.TextOf(i, outcome[i]));
                    }
                }));
            }
        });
        json.WriteEndObject();
    });

    private static void WriteTable(Utf8JsonWriter json, Scenario scenario, int party, int place)
    {
        var issue = scenario.Agenda.Issues[place];
        var table = ScenarioTables.Of(scenario, party, place);
        json.Fields(issue.Name, () => json.Fields("discreteutils", () => json.Fields("valueUtilities", () =>
        {
            for (var level = 0; level < table.Length; level++)
            {
                json.WriteNumber(scenario.TextOf(place, issue.ValueAt(level)), table[level]);
            }
        })));
    }

    private static void WriteDomain(Utf8JsonWriter json, Scenario scenario)
    {
        json.WriteString("name", scenario.Name);
        json.Fields("issuesValues", () =>
        {
            for (var i = 0; i < scenario.Agenda.Issues.Count; i++)
            {
                var (place, issue) = (i, scenario.Agenda.Issues[i]);
                json.Fields(issue.Name, () =>
                {
                    json.WriteStartArray("values");
                    for (var level = 0; level < issue.LevelCount; level++)
                    {
                        json.WriteStringValue(scenario.TextOf(place, issue.ValueAt(level)));
                    }

                    json.WriteEndArray();
                });
            }
        });
    }
}
