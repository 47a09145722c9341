using Market.Domain.Strategies;

namespace Market.Simulations.Scenarios.Generating;

/// <summary>
/// Two parties' tables and weights along a path from agreement to conflict, each drawn once: at 0 both want the same,
/// at 1 what the second one wants has nothing to do with the first, at 2 it is the opposite, and towards 3 one issue
/// decides more and more and middling values are worth less and less. Everything changes without jumps along the path,
/// so that a wanted opposition can be searched on it. Only + − × ÷ is used: the numbers are the same everywhere.
/// </summary>
internal sealed class ProfilePath
{
    /// <summary>The path's end.</summary>
    public const double End = 3;

    private const double Digits = 1e6;

    private readonly double[][] _values;
    private readonly double[][] _others;
    private readonly double[] _weights;
    private readonly double[] _otherWeights;

    /// <summary>Draws what the path is made from.</summary>
    public ProfilePath(IReadOnlyList<int> sizes, SeededGenerator draws)
    {
        _values = [.. sizes.Select(size => Normalised(Enumerable.Range(0, size).Select(_ => draws.NextDouble())))];
        _others = [.. sizes.Select(size => Normalised(Enumerable.Range(0, size).Select(_ => draws.NextDouble())))];
        _weights = [.. sizes.Select(_ => 0.2 + draws.NextDouble())];
        _otherWeights = [.. sizes.Select(_ => 0.2 + draws.NextDouble())];
    }

    /// <summary>Both parties at a place of the path.</summary>
    /// <param name="place">0 to <see cref="End"/>.</param>
    public (PartyTables First, PartyTables Second) At(double place)
    {
        // The share of one issue stays below 1, so that the others keep a weight.
        var excess = place > 2 ? Math.Min(place - 2, 0.97) : 0;
        var bend = 20 * excess / (1 - excess);
        var first = new PartyTables(Rounded(_values), Weights(_weights, excess));
        var tables = _values.Select((values, i) => Normalised(values.Select(
            (value, level) => Second(value, _others[i][level], place, bend))));
        var mix = place <= 1 ? place : place <= 2 ? 2 - place : 0;
        var weights = _weights.Select((weight, i) => (weight * (1 - mix)) + (_otherWeights[i] * mix));
        return (first, new PartyTables(Rounded([.. tables]), Weights([.. weights], excess)));
    }

    private static double Second(double same, double other, double place, double bend)
    {
        var opposite = 1 - same;
        return place <= 1 ? (same * (1 - place)) + (other * place)
            : place <= 2 ? (other * (2 - place)) + (opposite * (place - 1))
            : opposite / (1 + (bend * (1 - opposite)));
    }

    /// <summary>From 0 to 1.</summary>
    private static double[] Normalised(IEnumerable<double> values)
    {
        var all = values.ToArray();
        var (least, most) = (all.Min(), all.Max());
        return most > least ? [.. all.Select(value => (value - least) / (most - least))] : all;
    }

    // Six decimals, so that files stay readable.
    private static double[][] Rounded(IReadOnlyList<double[]> tables) =>
        [.. tables.Select(table => table.Select(value => Math.Round(value * Digits) / Digits).ToArray())];

    /// <summary>Whole millionths that add up to exactly 1.</summary>
    private static double[] Weights(double[] raw, double excess)
    {
        var sum = raw.Sum();
        var millionths = raw.Select(
            (weight, i) => Math.Floor(Digits * (((1 - excess) * weight / sum) + (i == 0 ? excess : 0)))).ToArray();
        millionths[0] += Digits - millionths.Sum();
        return [.. millionths.Select(part => part / Digits)];
    }
}
