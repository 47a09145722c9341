namespace Market.Domain.Strategies;

/// <summary>
/// The shapes that a value function is supposed to have (Hindriks and Tykhonov, 2008): falling from the first value,
/// rising to the last, or a triangle with its peak between.
/// </summary>
internal static class ValueShapes
{
    /// <summary>Number of shapes of an issue: one for each value as its peak, or as many as allowed.</summary>
    internal static int CountOf(int levels, int most) => Math.Min(levels, most);

    /// <summary>
    /// The peak of a shape: as evenly spread over the values as there are shapes, first and last always.
    /// </summary>
    internal static int PeakOf(int shape, int shapes, int levels) =>
        shapes <= 1 ? 0 : (int)((long)shape * (levels - 1) / (shapes - 1));

    /// <summary>The value of a level, from 0 to 1, under a peak.</summary>
    internal static double ValueOf(int level, int peak, int levels) =>
        level == peak ? 1
        : level < peak ? (double)level / peak
        : (double)(levels - 1 - level) / (levels - 1 - peak);
}
