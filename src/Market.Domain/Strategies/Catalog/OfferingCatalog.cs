using System.Globalization;

namespace Market.Domain.Strategies;

/// <summary>Offering strategies by name, with their families.</summary>
internal static class OfferingCatalog
{
    internal const string DefaultFamily = "negmas:";
    private const string PolyPrefix = "negmas:Poly";
    private const string RandomName = "negmas:Random";

    internal static readonly TimeDependentPreset[] TimeDependentPresets =
    [
        TimeDependentPreset.Boulware, TimeDependentPreset.Linear, TimeDependentPreset.Conceder,
        TimeDependentPreset.AspirationBoulware, TimeDependentPreset.AspirationLinear,
        TimeDependentPreset.AspirationConceder,
    ];

    private static readonly OfferingRecipe[] All =
    [
        .. TimeDependentPresets.Select(Of),
        new(new("negmas:MiCRO", "Offers its outcomes one by one, as often as it is offered new ones.", true),
            (own, seed) => new Micro(own, seed), TakesModel: false, KeepsState: true),
        new(new("negmas:NaiveTitForTat", "Concedes as much as the last offer gives it."),
            (own, _) => new NaiveTitForTat(own), KeepsState: true),
        new(new("negmas:Tough", "Offers and accepts only its best outcome."),
            (own, _) => new Tough(own), TakesModel: false),
        OfChance(RandomNegotiator.AcceptanceDefault, RandomName),
        .. new[] { GeniusPreset.Boulware, GeniusPreset.Linear, GeniusPreset.Conceder, GeniusPreset.Hardliner }
            .Select(Of),
        .. new[] { NegologPreset.Boulware, NegologPreset.Linear, NegologPreset.Conceder }.Select(Of),
        new(new("paper:MiCRO", "MiCRO that among equals offers what the counterparty has offered.", true),
            (own, seed) => new MicroOfPaper(own, seed), TakesModel: false, KeepsState: true),
        new(new("market:FixedStep", "Concedes the same utility every round."), (own, _) => new FixedStep(own)),
    ];

    private static readonly StrategyInfo[] Patterns =
    [
        new(PolyPrefix + "<exponent>", "Like negmas:AspirationLinear with any exponent, as in negmas:Poly2.5."),
        new(RandomName + "(<p>)", "Like negmas:Random, accepting with another probability than ½.", true),
    ];

    internal static IEnumerable<StrategyInfo> Infos => All.Select(recipe => recipe.Info).Concat(Patterns);

    /// <summary>
    /// By full name, or by a short one: of the family negmas: if there is such a one, else of whichever family has it.
    /// </summary>
    internal static OfferingRecipe? FindOrNull(string name)
    {
        if (!name.Contains(':', StringComparison.Ordinal))
        {
            return FindFull(DefaultFamily + name)
                ?? Array.Find(All, recipe => recipe.Info.Name.EndsWith(':' + name, StringComparison.OrdinalIgnoreCase));
        }

        return FindFull(name);
    }

    internal static TimeDependentPreset? FindPoly(string fullName) =>
        fullName.StartsWith(PolyPrefix, StringComparison.OrdinalIgnoreCase)
        && double.TryParse(
            fullName.AsSpan(PolyPrefix.Length),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var exponent)
        && exponent is > 0 and <= Powers.ExponentMax
            ? TimeDependentPreset.Poly(exponent)
            : null;

    private static OfferingRecipe? FindFull(string fullName) =>
        Array.Find(All, recipe => recipe.Info.Name.Equals(fullName, StringComparison.OrdinalIgnoreCase))
        ?? (FindPoly(fullName) is { } poly ? Of(poly) : FindRandom(fullName));

    private static OfferingRecipe? FindRandom(string fullName) =>
        AcceptanceCatalog.Split(fullName) is (var word, [>= 0 and <= 1 and var acceptance])
        && word.Equals(RandomName, StringComparison.OrdinalIgnoreCase)
            ? OfChance(acceptance, FormattableString.Invariant($"{RandomName}({acceptance})"))
            : null;

    private static OfferingRecipe OfChance(double acceptance, string name) => new(
        new(name, "Offers any outcome no worse than no agreement; accepts such a one by chance.", true),
        (own, seed) => new RandomNegotiator(own, seed, acceptance),
        TakesModel: false,
        KeepsState: true);

    private static OfferingRecipe Of(TimeDependentPreset preset)
    {
        var search = preset.RationalOnly ? "" : ", also below its reservation value by a hair";
        var description = preset.Exponent switch
        {
            > 1 => "Concedes late",
            < 1 => "Concedes early",
            _ => "Concedes evenly",
        };
        return new(
            new(preset.Name, FormattableString.Invariant($"{description}, 1 − t^{preset.Exponent}{search}.")),
            (own, _) => new TimeDependent(preset, own));
    }

    private static OfferingRecipe Of(GeniusPreset preset) => new(
        new(preset.Name, preset.Exponent is { } exponent
            ? FormattableString.Invariant($"1 − t^{exponent} over all outcomes, the closest one; AC-next.")
            : "Never concedes; AC-next."),
        (own, _) => new GeniusTimeDependent(preset, own));

    private static OfferingRecipe Of(NegologPreset preset) => new(
        new(preset.Name, FormattableString.Invariant(
            $"A Bézier curve from 1 by {preset.Control} to max(0.4, rv), the closest outcome; AC-next.")),
        (own, _) => new NegologTimeDependent(preset, own));
}
