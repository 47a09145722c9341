using System.Globalization;

namespace Market.Simulations.Scenarios.Formats;

/// <summary>Numbers in files: the shortest digits that read back as the same double.</summary>
internal static class NumberText
{
    /// <summary>A number as YAML and people write it.</summary>
    public static string Of(double number) => double.IsNegativeInfinity(number)
        ? "-.inf"
        : number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A whole number.</summary>
    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);
}
