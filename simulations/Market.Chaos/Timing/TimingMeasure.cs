using Market.Testing;

namespace Market.Chaos.Timing;

/// <summary>One measured thing, in two worlds, with the verdict of the permutation test.</summary>
/// <param name="Measure">What was timed.</param>
/// <param name="Worlds">In what the two worlds differ.</param>
/// <param name="IsControl">Whether a leak was planted: then it must be found.</param>
/// <param name="Test">The test.</param>
internal sealed record TimingMeasure(string Measure, string Worlds, bool IsControl, PermutationTest Test)
{
    /// <summary>Below it two worlds count as told apart.</summary>
    public const double Level = 0.01;

    /// <summary>Whether the worlds can be told apart by time.</summary>
    public bool IsToldApart => Test.MeanP <= Level || Test.MedianP <= Level;

    /// <summary>Whether that is as it should be.</summary>
    public bool IsAsItShouldBe => IsToldApart == IsControl;
}
