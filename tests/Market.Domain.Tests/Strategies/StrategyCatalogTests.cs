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
    [InlineData("MiCRO")]
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

    [Theory]
    [InlineData("linear+ac-next", "negmas:Linear+AC-next")]
    [InlineData("negmas:Linear+AC-combi+model:Frequency", "negmas:Linear+AC-combi(0.99)+model:frequency")]
    [InlineData("genius:boulware + AC-next(1.5, -0.25)", "genius:Boulware+AC-next(1.5,-0.25)")]
    [InlineData("FixedStep", "market:FixedStep")]
    [InlineData("Hardliner", "genius:Hardliner")]
    [InlineData("random(0.3)", "negmas:Random(0.3)")]
    [InlineData("paper:micro", "paper:MiCRO")]
    public void A_name_is_composed_and_has_one_full_form(string name, string fullName)
    {
        Assert.Equal(fullName, StrategyCatalog.Find(name).Name);
        Assert.Equal(fullName, StrategyCatalog.Find(fullName).Name);
        Assert.True(StrategyCatalog.Contains(name));
    }

    [Theory]
    [InlineData("Linear+AC-soon", "'AC-soon' is no acceptance condition")]
    [InlineData("Linear+AC-time(1.5)", "'AC-time(1.5)' is no acceptance condition")]
    [InlineData("Linear+AC-const", "'AC-const' is no acceptance condition")]
    [InlineData("Linear+AC-const(NaN)", "'AC-const(NaN)' is no acceptance condition")]
    [InlineData("Linear+model:crystal-ball", "'model:crystal-ball' is no opponent model")]
    [InlineData("Linear+model:frequency+AC-next", "the opponent model last")]
    [InlineData("Linear+AC-next+AC-next", "one acceptance condition")]
    [InlineData("Linear+model:frequency+model:frequency", "two opponent models")]
    [InlineData("MiCRO+model:frequency", "does not go with negmas:MiCRO")]
    [InlineData("negmas:Random(2)", "There are: negmas:Boulware")]
    [InlineData("negmas:FixedStep", "There are: negmas:Boulware")]
    public void What_is_wrong_with_a_composed_name_is_said(string name, string reason)
    {
        var refusal = Assert.Throws<UnknownStrategyException>(() => StrategyCatalog.Find(name));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(StrategyCatalog.Grammar, refusal.Message, StringComparison.Ordinal);
        Assert.False(StrategyCatalog.Contains(name));
    }

    [Fact]
    public void Every_strategy_condition_and_model_has_a_sentence_of_its_own()
    {
        var infos = StrategyCatalog.Infos.Concat(AcceptanceCatalog.Infos).Concat(OpponentModelCatalog.Infos).ToList();
        Assert.All(infos, info => Assert.EndsWith(".", info.Description, StringComparison.Ordinal));
        Assert.Equal(infos.Count, infos.Select(info => info.Name).Distinct().Count());
        Assert.Contains(StrategyCatalog.Infos, info => info is { Name: "negmas:MiCRO", UsesChance: true });
    }
}
