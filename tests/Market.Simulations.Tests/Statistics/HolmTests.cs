using Market.Simulations.Statistics;

namespace Market.Simulations.Tests.Statistics;

public sealed class HolmTests
{
    [Fact]
    public void Four_tests_are_adjusted_by_the_number_of_those_not_yet_rejected() => Assert.Equal(
        [0.03, 0.06, 0.06, 0.02],
        Holm.Adjust([0.01, 0.04, 0.03, 0.005]).Select(static p => Math.Round(p, 12)));

    [Fact]
    public void No_p_exceeds_one() => Assert.Equal([1.0, 1.0], Holm.Adjust([0.7, 0.9]));

    [Fact]
    public void No_test_needs_no_correction() => Assert.Empty(Holm.Adjust([]));
}
