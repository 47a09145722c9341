namespace Market.Simulations.Reporting.Drawing;

/// <summary>Where numbers lie along an axis of a drawing.</summary>
/// <param name="Low">The number at the axis's beginning.</param>
/// <param name="High">The number at its end; above <paramref name="Low"/>.</param>
/// <param name="From">Where it begins, in pixels.</param>
/// <param name="To">Where it ends; below <paramref name="From"/> on axes that go up.</param>
internal readonly record struct LinearScale(double Low, double High, double From, double To)
{
    /// <summary>The place of a number, in pixels.</summary>
    public double this[double value] => From + ((value - Low) / (High - Low) * (To - From));

    /// <summary>
    /// An axis that holds all finite numbers given, with a little room, or exactly 0 to 1 where they lie in it.
    /// </summary>
    public static LinearScale Around(IEnumerable<double> values, double from, double to)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var (low, high) = (finite.Min(), finite.Max());
        if (low >= 0 && high <= 1)
        {
            return new LinearScale(0, 1, from, to);
        }

        var room = high > low ? (high - low) * 0.05 : Math.Max(Math.Abs(high), 1) * 0.5;
        return new LinearScale(low - room, high + room, from, to);
    }

    /// <summary>Round numbers along the axis: multiples of 1, 2 or 5 times a power of ten.</summary>
    /// <param name="count">About how many.</param>
    public IReadOnlyList<double> Ticks(int count = 5)
    {
        var raw = (High - Low) / count;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = (raw / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 } * power;
        var first = (long)Math.Ceiling((Low / step) - 1e-9);
        var last = (long)Math.Floor((High / step) + 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => (first + i) * step)];
    }

    /// <summary>Digits after the point that tell the axis's round numbers apart.</summary>
    public int Digits(int count = 5) =>
        Math.Clamp((int)Math.Ceiling(-Math.Log10((High - Low) / count)), 0, 9);
}
