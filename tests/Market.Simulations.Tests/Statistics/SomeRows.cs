using Market.Simulations.Results;

namespace Market.Simulations.Tests.Statistics;

/// <summary>Rows of negotiations, as a run writes them.</summary>
internal static class SomeRows
{
    private static readonly RowMetrics NoMetrics =
        new(null, null, null, null, null, null, null, 0.9, 0.8, null, null, null, null, null);

    /// <summary>A negotiation of two; agreed unless a failure or another end is given.</summary>
    public static NegotiationRow Row(
        long number,
        string scenario,
        (string Strategy, double Utility) first,
        (string Strategy, double Utility) second,
        string end = "agreement",
        int rounds = 10,
        int repetition = 0,
        string failure = "",
        string anomalies = "") => new(
        number, scenario, 0, repetition, 1, 100, end, rounds, 2 * rounds, "x", first.Utility + second.Utility,
        NoMetrics, 0.5, anomalies, failure, $"{number:x16}", [Party(first), Party(second)]);

    /// <summary>Each of a game's strategies meets each in each scenario, as with the names of the digits.</summary>
    public static IReadOnlyList<NegotiationRow> Tournament(
        int scenarios, string[] strategies, Func<int, int, int, double> utility)
    {
        var rows = new List<NegotiationRow>();
        for (var scenario = 0; scenario < scenarios; scenario++)
        {
            for (var i = 0; i < strategies.Length; i++)
            {
                for (var j = 0; j < strategies.Length; j++)
                {
                    rows.Add(Row(
                        rows.Count,
                        $"scenario-{scenario}",
                        (strategies[i], utility(scenario, i, j)),
                        (strategies[j], utility(scenario, j, i))));
                }
            }
        }

        return rows;
    }

    private static PartyRow Party((string Strategy, double Utility) party) => new(
        party.Strategy, "buyer", party.Utility, party.Utility, party.Utility, 0.1, 0.2, 0.3, 0.2, 0.1, 0.1, null, null,
        null);
}
