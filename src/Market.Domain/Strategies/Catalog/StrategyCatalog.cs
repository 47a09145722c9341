namespace Market.Domain.Strategies;

/// <summary>
/// Strategies by name. A full name has its family, because the same word means different curves in different research
/// platforms: <c>negmas:Linear</c>, <c>genius:Linear</c>, <c>negolog:Linear</c>. A short name, <c>Linear</c>, is of the
/// family <c>negmas:</c> if it has it. Behind the offering strategy a name may have an acceptance condition in the
/// place of the strategy's own, and an opponent model: <c>negmas:Linear+AC-combi(0.99)+model:frequency</c>. Case does
/// not matter.
/// </summary>
public static class StrategyCatalog
{
    /// <summary>How a name is put together, in a sentence.</summary>
    public const string Grammar =
        "A name is offering[+acceptance][+model:name], such as negmas:Linear+AC-combi(0.99)+model:frequency.";

    /// <summary>All offering strategies, with patterns for those that have a parameter.</summary>
    public static ValueArray<StrategyInfo> Infos { get; } = [.. OfferingCatalog.Infos];

    /// <summary>All full names of offering strategies, and the patterns of those with a parameter.</summary>
    public static ValueArray<string> Names { get; } = [.. Infos.Select(info => info.Name)];

    /// <summary>Whether there is a strategy of a name.</summary>
    public static bool Contains(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Understand(name).Recipe is not null;
    }

    /// <summary>
    /// Whether a strategy's acts depend on a seed, so that repeating it with others is no repetition.
    /// </summary>
    /// <exception cref="UnknownStrategyException">There is no strategy of that name.</exception>
    public static bool UsesChance(string name) => Find(name).UsesChance;

    /// <summary>A strategy for a party with these ranked outcomes.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="own">The own outcomes.</param>
    /// <param name="seed">Of its chance, if it uses any.</param>
    /// <exception cref="UnknownStrategyException">There is no strategy of that name.</exception>
    /// <exception cref="ArgumentException">The strategy does not fit the agenda; the message says which
    /// would.</exception>
    public static RankedNegotiator Create(string name, RankedOutcomes own, ulong seed = 0) =>
        Find(name).Create(own, seed);

    /// <summary>A name, understood once, by which any number of strategies can be made.</summary>
    /// <exception cref="UnknownStrategyException">There is no strategy of that name.</exception>
    public static StrategyRecipe Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var (recipe, flaw) = Understand(name);
        return recipe ?? throw new UnknownStrategyException(name, flaw);
    }

    /// <summary>The preset of a time-dependent strategy, from which any number of strategies can be made.</summary>
    /// <exception cref="UnknownStrategyException">There is no time-dependent strategy of that name.</exception>
    public static TimeDependentPreset FindTimeDependent(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var fullName = name.Contains(':', StringComparison.Ordinal) ? name : OfferingCatalog.DefaultFamily + name;
        return Array.Find(
                OfferingCatalog.TimeDependentPresets,
                preset => preset.Name.Equals(fullName, StringComparison.OrdinalIgnoreCase))
            ?? OfferingCatalog.FindPoly(fullName)
            ?? throw new UnknownStrategyException(name);
    }

    private static (StrategyRecipe? Recipe, string? Flaw) Understand(string name)
    {
        var parts = name.Split('+');
        if (OfferingCatalog.FindOrNull(parts[0].Trim()) is not { } offering)
        {
            return (null, null);
        }

        AcceptanceRecipe? acceptance = null;
        OpponentModelRecipe? model = null;
        foreach (var part in parts.Skip(1).Select(part => part.Trim()))
        {
            if (part.StartsWith(OpponentModelCatalog.Prefix, StringComparison.OrdinalIgnoreCase))
            {
                if (model is not null || !offering.TakesModel)
                {
                    return (null, model is not null
                        ? "It has two opponent models; give one."
                        : $"An opponent model does not go with {offering.Info.Name}, which counts its outcomes.");
                }

                model = OpponentModelCatalog.FindOrNull(part[OpponentModelCatalog.Prefix.Length..]);
                if (model is null)
                {
                    return (null, $"'{part}' is no opponent model. {OpponentModelCatalog.UnknownModel}");
                }

                continue;
            }

            if (acceptance is not null || model is not null)
            {
                return (null, $"'{part}' is too much: one acceptance condition, and the opponent model last.");
            }

            acceptance = AcceptanceCatalog.FindOrNull(part);
            if (acceptance is null)
            {
                return (null, $"'{part}' is no acceptance condition. {AcceptanceCatalog.UnknownCondition}");
            }
        }

        return (new StrategyRecipe(offering, acceptance, model), null);
    }
}
