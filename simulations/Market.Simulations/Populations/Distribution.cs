using System.Globalization;
using Market.Domain.Strategies;

namespace Market.Simulations.Populations;

/// <summary>
/// A distribution of a quantity, drawn from with + − × ÷ and √ alone, so that a seed gives the same numbers on every
/// machine.
/// </summary>
/// <param name="Kind">Its shape.</param>
/// <param name="A">The constant, the minimum, or the mean.</param>
/// <param name="B">The maximum, or the standard deviation; unused for a constant.</param>
/// <param name="C">The most likely value of a triangle; unused elsewhere.</param>
internal sealed record Distribution(DistributionKind Kind, double A, double B = 0, double C = 0)
{
    /// <summary>The forms that <see cref="Parse"/> understands.</summary>
    public const string Forms = "12, uniform(8,14), triangular(8,14,10) or normal(10,2)";

    private const int UniformsOfNormal = 12;

    /// <summary>Reads one of the <see cref="Forms"/>; null where it is none.</summary>
    public static Distribution? Parse(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return Number(text) is { } constant ? new Distribution(DistributionKind.Constant, constant) : null;
        }

        var numbers = text.EndsWith(')') ? text[(open + 1)..^1].Split(',').Select(Number).ToList() : [];
        return (text[..open].Trim(), numbers) switch
        {
            ("uniform", [{ } low, { } high]) when low <= high => new(DistributionKind.Uniform, low, high),
            ("triangular", [{ } low, { } high, { } mode]) when low <= mode && mode <= high =>
                new(DistributionKind.Triangular, low, high, mode),
            ("normal", [{ } mean, { } deviation]) when deviation >= 0 =>
                new(DistributionKind.Normal, mean, deviation),
            _ => null,
        };
    }

    /// <summary>Draws one value.</summary>
    public double Draw(SeededGenerator random) => Kind switch
    {
        DistributionKind.Uniform => A + ((B - A) * random.NextDouble()),
        DistributionKind.Triangular => Triangular(random.NextDouble()),
        DistributionKind.Normal => A + (B * StandardNormal(random)),
        _ => A,
    };

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        DistributionKind.Uniform => FormattableString.Invariant($"uniform({A},{B})"),
        DistributionKind.Triangular => FormattableString.Invariant($"triangular({A},{B},{C})"),
        DistributionKind.Normal => FormattableString.Invariant($"normal({A},{B})"),
        _ => A.ToString(CultureInfo.InvariantCulture),
    };

    private double Triangular(double share)
    {
        var rise = C - A;
        var width = B - A;
        return width * share < rise
            ? A + Math.Sqrt(share * width * rise)
            : B - Math.Sqrt((1 - share) * width * (B - C));
    }

    // The sum of twelve uniforms has mean 6 and variance 1; its tails end at ±6.
    private static double StandardNormal(SeededGenerator random)
    {
        var sum = 0.0;
        for (var i = 0; i < UniformsOfNormal; i++)
        {
            sum += random.NextDouble();
        }

        return sum - (UniformsOfNormal / 2.0);
    }

    private static double? Number(string text) =>
        double.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite
                | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out var number) && double.IsFinite(number)
            ? number
            : null;
}
