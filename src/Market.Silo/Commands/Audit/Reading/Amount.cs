using System.Globalization;

namespace Market.Silo.Commands.Audit.Reading;

/// <summary>Money: an integer in minor units, and its currency as the wire has it.</summary>
internal readonly record struct Amount(long MinorUnits, uint Currency)
{
    /// <summary>Three letters, 8 bits each; the lowest 8 bits are the number of decimals.</summary>
    public static string CodeOf(uint currency) => new(
        [(char)(currency >> 24), (char)((currency >> 16) & 0xFF), (char)((currency >> 8) & 0xFF)]);

    public override string ToString()
    {
        var scale = (int)Math.Min(Currency & 0xFF, 18);
        var major = MinorUnits / (decimal)Math.Pow(10, scale);
        return major.ToString($"F{scale}", CultureInfo.InvariantCulture) + " " + CodeOf(Currency);
    }
}
