using System.Globalization;

namespace Market.Domain.Strategies;

/// <summary>
/// Strategies by name. A full name has its family, because the same word means different curves in different research
/// platforms: <c>negmas:Linear</c>. A short name, <c>Linear</c>, is of the family <c>negmas:</c>. Case does not matter.
/// </summary>
public static class StrategyCatalog
{
    private const string DefaultFamily = "negmas:";
    private const string PolyPrefix = "negmas:Poly";

    private static readonly TimeDependentPreset[] Presets =
    [
        TimeDependentPreset.Boulware, TimeDependentPreset.Linear, TimeDependentPreset.Conceder,
        TimeDependentPreset.AspirationBoulware, TimeDependentPreset.AspirationLinear,
        TimeDependentPreset.AspirationConceder,
    ];

    /// <summary>All full names, and the pattern <c>negmas:Poly&lt;exponent&gt;</c>.</summary>
    public static ValueArray<string> Names { get; } =
        [.. Presets.Select(preset => preset.Name), PolyPrefix + "<exponent>"];

    /// <summary>Whether there is a strategy of a name.</summary>
    public static bool Contains(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return FindOrNull(name) is not null;
    }

    /// <summary>A strategy for a party with these ranked outcomes.</summary>
    /// <exception cref="UnknownStrategyException">There is no strategy of that name.</exception>
    public static INegotiator Create(string name, RankedOutcomes own) =>
        new TimeDependent(FindTimeDependent(name), own);

    /// <summary>The preset of a time-dependent strategy, from which any number of strategies can be made.</summary>
    /// <exception cref="UnknownStrategyException">There is no time-dependent strategy of that name.</exception>
    public static TimeDependentPreset FindTimeDependent(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return FindOrNull(name) ?? throw new UnknownStrategyException(name);
    }

    private static TimeDependentPreset? FindOrNull(string name)
    {
        var fullName = name.Contains(':', StringComparison.Ordinal) ? name : DefaultFamily + name;
        return Array.Find(Presets, preset => preset.Name.Equals(fullName, StringComparison.OrdinalIgnoreCase))
            ?? FindPoly(fullName);
    }

    private static TimeDependentPreset? FindPoly(string fullName)
    {
        if (!fullName.StartsWith(PolyPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var isNumber = double.TryParse(
            fullName.AsSpan(PolyPrefix.Length),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var exponent);
        return isNumber && exponent is > 0 and <= Powers.ExponentMax ? TimeDependentPreset.Poly(exponent) : null;
    }
}
