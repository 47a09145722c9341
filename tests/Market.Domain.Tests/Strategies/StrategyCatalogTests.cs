using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

public sealed class StrategyCatalogTests
{
    [Theory]
    [InlineData("negmas:Linear", "negmas:Linear")]
    [InlineData("Linear", "negmas:Linear")]
    [InlineData("boulware", "negmas:Boulware")]
    [InlineData("AspirationConceder", "negmas:AspirationConceder")]
    [InlineData("NEGMAS:poly2.5", "negmas:Poly2.5")]
    public void A_strategy_is_found_by_its_full_and_its_short_name(string name, string fullName) =>
        Assert.Equal(fullName, StrategyCatalog.FindTimeDependent(name).Name);

    [Fact]
    public void A_strategy_is_made_for_a_party()
    {
        var own = Some.Ranked(0, 1, 2);
        var strategy = Assert.IsType<TimeDependent>(StrategyCatalog.Create("Conceder", own));
        Assert.Same(own, strategy.Own);
        Assert.Equal(TimeDependentPreset.Conceder, strategy.Preset);
    }

    [Theory]
    [InlineData("Lineal")]
    [InlineData("genius:Linear")]
    [InlineData("Poly")]
    [InlineData("Poly0")]
    [InlineData("Poly-1")]
    [InlineData("PolyNaN")]
    [InlineData("")]
    public void An_unknown_name_is_answered_with_the_known_ones(string name)
    {
        var refusal = Assert.Throws<UnknownStrategyException>(() => StrategyCatalog.FindTimeDependent(name));
        Assert.Equal(name, refusal.Name);
        Assert.Contains("negmas:Boulware, negmas:Linear, negmas:Conceder", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_listed_name_is_found()
    {
        foreach (var name in StrategyCatalog.Names.Where(name => !name.Contains('<', StringComparison.Ordinal)))
        {
            Assert.Equal(name, StrategyCatalog.Find(name).Name);
        }
    }
}
