using System.Globalization;

namespace Market.Simulations.Scenarios;

/// <summary>
/// The numbers that the levels of a continuous issue stand for: level k is <c>Minimum + k × Step</c>, exact in decimal
/// arithmetic. In the agenda such an issue is a range from 0 to the last level.
/// </summary>
/// <param name="Minimum">The number of level 0.</param>
/// <param name="Maximum">The number of the last level.</param>
/// <param name="Step">Distance of neighbouring numbers, above 0.</param>
/// <param name="IsAssumed">Whether the file does not name a step, so that 21 equidistant levels were taken.</param>
internal sealed record IssueScale(decimal Minimum, decimal Maximum, decimal Step, bool IsAssumed)
{
    /// <summary>Levels of a continuous issue that does not name its step.</summary>
    public const int LevelsAssumed = 21;

    /// <summary>The place of the last level, from 0.</summary>
    public long LevelMax => decimal.ToInt64((Maximum - Minimum) / Step);

    /// <summary>21 equidistant levels from a minimum to a maximum.</summary>
    public static IssueScale Assumed(decimal minimum, decimal maximum) =>
        new(minimum, maximum, (maximum - minimum) / (LevelsAssumed - 1), IsAssumed: true);

    /// <summary>The number of a level, as decimal digits without trailing zeros.</summary>
    public string TextAt(long level) => Text(Minimum + (level * Step));

    /// <summary>The number of a level: the double nearest to its digits.</summary>
    public double NumberAt(long level) => double.Parse(TextAt(level), CultureInfo.InvariantCulture);

    /// <summary>The level whose number is this one; null where there is none.</summary>
    public long? LevelOf(decimal number)
    {
        if (number < Minimum || number > Maximum)
        {
            return null;
        }

        var level = decimal.ToInt64(decimal.Round((number - Minimum) / Step));
        return Minimum + (level * Step) == number ? level : null;
    }

    /// <summary>Decimal digits without trailing zeros.</summary>
    public static string Text(decimal number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }
}
