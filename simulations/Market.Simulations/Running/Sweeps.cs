using System.Globalization;
using Market.Domain;
using Market.Domain.Strategies;
using Market.Simulations.Scenarios;

namespace Market.Simulations.Running;

/// <summary>What each value of a swept parameter changes: the rounds, the strategies' names, or the scenario.</summary>
internal static class Sweeps
{
    /// <summary>Number of rounds.</summary>
    public const string Rounds = "rounds";

    /// <summary>What replaces {} in names of strategies: an exponent as in Poly{}, or any other number.</summary>
    public const string Exponent = "exponent";

    /// <summary>The reservation value, of every party or of the one named behind a colon.</summary>
    public const string Reservation = "reservation";

    /// <summary>δ of the discounted utility, of every party or of the one named behind a colon.</summary>
    public const string Discount = "discount";

    private const string Hole = "{}";

    /// <summary>The names and what they vary, for people.</summary>
    public static ValueArray<(string Name, string Meaning)> Parameters { get; } =
    [
        (Rounds, "rounds after which there is no agreement"),
        (Exponent, "what replaces {} in strategies' names: Poly{}, or any other number in a name"),
        (Reservation + "[:PARTY]", "the reservation value of every party, or of one"),
        (Discount + "[:PARTY]", "δ of the discounted utility of every party, or of one"),
    ];

    /// <summary>What is wrong with a sweep, in a sentence; null if nothing is.</summary>
    public static string? FlawOf(SweepSettings sweep, IReadOnlyList<string> strategies)
    {
        var name = sweep.Parameter.Split(':')[0];
        return name switch
        {
            Rounds when sweep.Values.Any(value => value is not (>= 1 and <= AlternatingOffers.RoundsMax)
                || value != Math.Floor(value))
                => $"Rounds are whole numbers from 1 to {AlternatingOffers.RoundsMax}.",
            Exponent when !strategies.Any(strategy => strategy.Contains(Hole, StringComparison.Ordinal))
                => "A sweep of the exponent needs {} in a strategy's name, where the value goes: Poly{}.",
            Discount when sweep.Values.Any(value => value is not (> 0 and <= 1))
                => "A discount is above 0 and at most 1.",
            Rounds or Exponent or Reservation or Discount => null,
            _ => $"There is no parameter '{sweep.Parameter}'. There are: "
                + $"{string.Join(", ", Parameters.Select(parameter => parameter.Name))}.",
        };
    }

    /// <summary>A strategy's name under a value.</summary>
    public static string NameUnder(string strategy, double? value) => value is { } number
        ? strategy.Replace(Hole, number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        : strategy;

    /// <summary>A scenario under a value.</summary>
    /// <exception cref="RunRefusedException">It has no party of the name in the parameter.</exception>
    public static Scenario ScenarioUnder(Scenario scenario, SweepSettings? sweep, double value)
    {
        var parts = sweep?.Parameter.Split(':', 2) ?? [];
        if (parts is not [Reservation or Discount, ..])
        {
            return scenario;
        }

        var party = parts.Length > 1 ? parts[1] : null;
        if (party is not null && scenario.Profiles.All(profile => profile.Name != party))
        {
            throw new RunRefusedException($"The scenario {scenario.Name} has no party '{party}'. It has: "
                + $"{string.Join(", ", scenario.Profiles.Select(profile => profile.Name))}.");
        }

        return scenario with
        {
            Profiles = scenario.Profiles
                .Select(profile => party is null || profile.Name == party ? Changed(profile, parts[0], value) : profile)
                .ToValueArray(),
        };
    }

    private static Profile Changed(Profile profile, string parameter, double value)
    {
        var u = profile.Utility;
        return parameter == Discount
            ? profile with { Discount = value }
            : profile with { Utility = new UtilityFunction(u.Agenda, u.ValueFunctions, u.Weights, value, u.Bias) };
    }
}
