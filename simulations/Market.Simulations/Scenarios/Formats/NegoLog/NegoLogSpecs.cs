using System.Text.Json;
using Market.Domain.Strategies;

namespace Market.Simulations.Scenarios.Formats.NegoLog;

/// <summary>
/// specs.json, which NegoLog's generator of domains writes beside the profiles: sizes, and for a scenario whose
/// outcomes can be listed, what they are worth. There the point of the largest sum is called Kalai, opposition is its
/// distance from (1, 1), and balance the mean of what an outcome is worth more to A than to B. Reservation values play
/// no part in any of it. It is never read.
/// </summary>
internal static class NegoLogSpecs
{
    /// <summary>The file's text.</summary>
    public static string TextOf(Scenario scenario) => JsonText.Of(json =>
    {
        var issues = scenario.Agenda.Issues;
        var count = issues.Aggregate((Int128)1, static (product, issue) => product * issue.LevelCount);
        json.WriteStartObject();
        json.WriteString("Name", scenario.Name);
        json.WriteNumber("NumberOfBids", (double)count);
        json.WriteNumber("NumberOfIssues", issues.Count);
        json.WriteStartArray("IssueValues");
        foreach (var issue in issues)
        {
            json.WriteNumberValue(issue.LevelCount);
        }

        json.WriteEndArray();
        if (count <= OutcomeSpace.CountMax)
        {
            WritePoints(json, scenario);
        }

        json.WriteNumber("ReservationValueProfileA", scenario.Profiles[0].Utility.ReservationValue);
        json.WriteNumber("ReservationValueProfileB", scenario.Profiles[1].Utility.ReservationValue);
        json.WriteEndObject();
    });

    private static void WritePoints(Utf8JsonWriter json, Scenario scenario)
    {
        var ranked = new RankedOutcomes(scenario.Profiles[0].Utility);
        var a = ranked.Utilities;
        var b = new RankedOutcomes(scenario.Profiles[1].Utility).Utilities;
        var (product, sum, difference) = (ranked.BestIndex, ranked.BestIndex, 0.0);

        // From A's best downwards: of equals the one that A likes best.
        for (var place = 0; place < a.Length; place++)
        {
            var at = ranked.IndexFromTop(place);
            product = a[at] * b[at] > a[product] * b[product] ? at : product;
            sum = a[at] + b[at] > a[sum] + b[sum] ? at : sum;
            difference += a[at] - b[at];
        }

        var (toA, toB) = (1 - a[sum], 1 - b[sum]);
        json.WriteNumber("Opposition", Math.Sqrt((toA * toA) + (toB * toB)));
        json.WriteNumber("BalanceScore", difference / a.Length);
        json.WriteNumber("Product Score", a[product] * b[product]);
        json.WriteNumber("Social Welfare", a[sum] + b[sum]);
        json.WriteNumber("Nash_A", a[product]);
        json.WriteNumber("Nash_B", b[product]);
        json.WriteNumber("Kalai_A", a[sum]);
        json.WriteNumber("Kalai_B", b[sum]);
        WriteBid(json, "NashBid", scenario, ranked.Space, product);
        WriteBid(json, "KalaiBid", scenario, ranked.Space, sum);
        json.WriteNumber("MinUtility", Math.Min(Least(a), Least(b)));
        json.WriteNumber("MaxUtility", Math.Max(Most(a), Most(b)));
    }

    private static void WriteBid(Utf8JsonWriter json, string name, Scenario scenario, OutcomeSpace space, int index) =>
        json.Fields(name, () =>
        {
            for (var i = 0; i < scenario.Agenda.Issues.Count; i++)
            {
                json.WriteString(scenario.Agenda.Issues[i].Name, scenario.TextOf(i, space[index][i]));
            }
        });

    private static double Least(ReadOnlySpan<double> numbers)
    {
        var least = double.PositiveInfinity;
        foreach (var number in numbers)
        {
            least = Math.Min(least, number);
        }

        return least;
    }

    private static double Most(ReadOnlySpan<double> numbers)
    {
        var most = double.NegativeInfinity;
        foreach (var number in numbers)
        {
            most = Math.Max(most, number);
        }

        return most;
    }
}
