using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Benchmarks;

/// <summary>
/// Scenarios of two parties with a fixed seed: each party has weights and values of its own, which mostly go in
/// opposite directions, so that there is something to trade and nothing ties.
/// </summary>
internal static class SimulateScenarios
{
    private const ulong Seed = 20_240_229;
    private const double Jitter = 0.8; // of the distance between two values: their order stays

    /// <summary>One of any number of scenarios with so many values an issue.</summary>
    public static (UtilityFunction First, UtilityFunction Second) Utilities(int number, params int[] levels)
    {
        var name = string.Join('x', levels);
        var chance = new SeededGenerator(Seeds.Derive(Seed, name, $"{number}"));
        var agenda = new Agenda(
            Currency.Usd, levels.Select((count, i) => Issue.Range($"issue {i}", 0, count - 1)).ToValueArray());
        return (Utility(agenda, chance, isRising: true), Utility(agenda, chance, isRising: false));
    }

    /// <summary>The same, ranked.</summary>
    public static RankedOutcomes[] Ranked(int number, params int[] levels)
    {
        var (first, second) = Utilities(number, levels);
        return [new RankedOutcomes(first), new RankedOutcomes(second)];
    }

    private static UtilityFunction Utility(Agenda agenda, SeededGenerator chance, bool isRising)
    {
        var weights = agenda.Issues.Select(_ => 0.5 + chance.NextDouble()).ToArray();
        var sum = weights.Sum();
        var tables = agenda.Issues.Select(issue =>
        {
            var count = (int)issue.LevelCount;
            var values = Enumerable.Range(0, count)
                .Select(level => (level + (Jitter * chance.NextDouble())) / (count - 1 + Jitter));
            return ValueFunction.Table([.. isRising ? values : values.Reverse()]);
        });
        return new UtilityFunction(
            agenda, tables.ToValueArray(), weights.Select(weight => weight / sum).ToValueArray());
    }
}
