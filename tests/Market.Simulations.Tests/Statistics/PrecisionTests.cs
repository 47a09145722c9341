using Market.Simulations.Statistics;

namespace Market.Simulations.Tests.Statistics;

public sealed class PrecisionTests
{
    /// <summary>By a table of t: 2.110·10/√18 = 4.97, and 2.120·10/√17 = 5.14.</summary>
    [Fact]
    public void A_spread_of_ten_needs_eighteen_scenarios_for_five_either_way() =>
        Assert.Equal(18, Precision.ScenariosFor(10, 5));

    [Fact]
    public void Equal_scenarios_need_two() => Assert.Equal(2, Precision.ScenariosFor(0, 0.01));

    [Fact]
    public void What_is_out_of_reach_has_no_number() => Assert.Null(Precision.ScenariosFor(1, 1e-6));
}
