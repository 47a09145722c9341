using System.Globalization;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Simulations.Scenarios.Formats;

namespace Market.Simulations.Scenarios.Generating;

/// <summary>
/// Makes scenarios of a size, an opposition and a share of rational outcomes. The same settings give the same scenario,
/// to the last bit, on every machine.
/// </summary>
internal static class ScenarioGenerator
{
    /// <summary>How far the opposition of what is made may be from what was asked for.</summary>
    public const double Tolerance = 0.02;

    /// <summary>The search ends where it is as near as this.</summary>
    private const double Aim = 0.002;

    private const int AttemptsMax = 32;
    private const int HalvingsMax = 24;

    /// <summary>Name of what is in no file, for messages.</summary>
    public static readonly Place NoFile = new("<generated>");

    /// <summary>The scenario.</summary>
    /// <exception cref="ScenarioFileException">No such scenario was found; the message says the nearest.</exception>
    public static Scenario Generate(GeneratorSettings settings)
    {
        Check(settings);
        var sizes = IssueSizes.For(settings.Outcomes, settings.Issues, OutcomeSpace.CountMax)
            ?? throw Wrong($"{settings.Issues} issues have at least {1 << settings.Issues} outcomes; ask for more "
                + "outcomes or fewer issues.");
        var draws = new SeededGenerator(Seeds.Derive(settings.Seed, "scenario"));
        Candidate? best = null;
        for (var attempt = 0; attempt < AttemptsMax && !(best?.Miss <= Aim); attempt++)
        {
            var candidate = Search(new ProfilePath(sizes, draws), settings, sizes.Aggregate(1, (x, y) => x * y));
            best = best is null || candidate.Miss < best.Miss ? candidate : best;
        }

        return best!.Miss <= Tolerance
            ? ScenarioOf(settings, sizes, best)
            : throw Wrong(
                $"no scenario of {settings.Outcomes} outcomes in {settings.Issues} issue(s) with the opposition "
                + $"{Text(settings.Opposition!.Value)} was found; the nearest has {Text(best.Opposition)}. Ask for "
                + "that, for other sizes, or for another share of rational outcomes.");
    }

    private static void Check(GeneratorSettings settings)
    {
        if (settings.Outcomes is < 2 or > OutcomeSpace.CountMax)
        {
            throw Wrong($"outcomes is {settings.Outcomes}; it must be from 2 to {OutcomeSpace.CountMax}.");
        }

        if (settings.Issues is < 1 or > MarketLimits.IssuesMax)
        {
            throw Wrong($"issues is {settings.Issues}; it must be from 1 to {MarketLimits.IssuesMax}.");
        }

        if (settings.Opposition is { } wanted && !(wanted is >= 0 and <= 1))
        {
            throw Wrong($"opposition is {Text(wanted)}; it must be from 0 to 1.");
        }

        if (!(settings.Rational is > 0 and <= 1))
        {
            throw Wrong($"reservation is {Text(settings.Rational)}; it is the share of outcomes that are rational, "
                + "above 0 and at most 1.");
        }
    }

    /// <summary>
    /// Halves the path towards the wanted opposition: below it at one end, above it at the other. What share of
    /// outcomes is rational may make it jump; then another path is drawn.
    /// </summary>
    private static Candidate Search(ProfilePath path, GeneratorSettings settings, int count)
    {
        if (settings.Opposition is not { } wanted)
        {
            return Candidate.At(path, 1, settings, count);
        }

        var (low, high) = (0.0, ProfilePath.End);
        var best = Candidate.At(path, low, settings, count);
        for (var i = 0; i < HalvingsMax && best.Miss > Aim; i++)
        {
            var middle = (low + high) / 2;
            var candidate = Candidate.At(path, middle, settings, count);
            best = candidate.Miss < best.Miss ? candidate : best;
            (low, high) = candidate.Opposition < wanted ? (middle, high) : (low, middle);
        }

        return best;
    }

    private static Scenario ScenarioOf(GeneratorSettings settings, IReadOnlyList<int> sizes, Candidate made)
    {
        var agenda = new Agenda(Currency.Usd, sizes.Select((size, i) => IssueOf(i + 1, size)).ToValueArray());
        var about = string.Create(
            CultureInfo.InvariantCulture,
            $"Generated: outcomes {settings.Outcomes}, issues {settings.Issues}, opposition {Text(made.Opposition)}, "
            + $"rational {Text(settings.Rational)}, seed {settings.Seed}.");
        return new Scenario(
            NameOf(settings),
            about,
            agenda,
            [ProfileOf("first", agenda, made.First, made), ProfileOf("second", agenda, made.Second, made)]);
    }

    private static Issue IssueOf(int number, int size) => size <= MarketLimits.ChoicesMax
        ? Issue.Choice($"issue {number}", Enumerable.Range(1, size).Select(value => $"value {value}").ToArray())
        : Issue.Range($"issue {number}", 1, size);

    private static Profile ProfileOf(string name, Agenda agenda, PartyTables tables, Candidate made) => new(
        name,
        new UtilityFunction(
            agenda,
            tables.Values.Select(values => (ValueFunction)new TableValueFunction(values.ToValueArray())).ToValueArray(),
            tables.Weights.ToValueArray(),
            made.Reservation));

    private static string NameOf(GeneratorSettings settings)
    {
        var opposition = settings.Opposition is { } wanted ? $"-o{Text(wanted)}" : string.Empty;
        var rational = settings.Rational < 1 ? $"-r{Text(settings.Rational)}" : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"generated-{settings.Outcomes}x{settings.Issues}{opposition}{rational}-s{settings.Seed}");
    }

    private static string Text(double number) => NumberText.Of(Math.Round(number * 1e4) / 1e4);

    private static ScenarioFileException Wrong(string problem) => new(NoFile, problem);

    /// <summary>Two parties at a place of a path.</summary>
    private sealed record Candidate(
        PartyTables First, PartyTables Second, double Reservation, double Opposition, double Miss)
    {
        public static Candidate At(ProfilePath path, double place, GeneratorSettings settings, int count)
        {
            var (first, second) = path.At(place);
            var (one, other) = (first.Utilities(count), second.Utilities(count));
            var reservation = Conflict.ReservationFor(one, other, settings.Rational);
            var opposition = Conflict.Opposition(one, other, reservation);
            var miss = settings.Opposition is { } wanted ? Math.Abs(opposition - wanted) : 0;
            return new Candidate(first, second, reservation, opposition, miss);
        }
    }
}
