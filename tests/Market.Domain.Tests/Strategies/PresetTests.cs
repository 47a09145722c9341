using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

/// <summary>The presets of other platforms and the simple strategies, against values computed by hand.</summary>
public sealed class PresetTests
{
    private static readonly RankedOutcomes Even = Some.Ranked(0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    private static readonly RankedOutcomes Tenths =
        Some.Ranked(0.2, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1);

    [Theory]
    [InlineData("genius:Boulware", 4, 10)] // t = 0.5: 10·(1 − 0.5⁵) = 9.6875
    [InlineData("genius:Boulware", 8, 4)] // t = 0.9: 10·(1 − 0.9⁵) = 4.0951
    [InlineData("genius:Linear", 4, 5)]
    [InlineData("genius:Linear", 8, 1)]
    [InlineData("genius:Conceder", 0, 7)] // t = 0.1: 10·(1 − √0.1) = 6.838
    [InlineData("genius:Conceder", 4, 3)] // t = 0.5: 10·(1 − √0.5) = 2.929
    [InlineData("genius:Hardliner", 8, 10)]
    public void A_genius_preset_offers_the_outcome_closest_to_its_target(string name, int round, int expected) =>
        Assert.Equal(expected, new Table(StrategyCatalog.Create(name, Even), 9).Bid(round));

    [Fact]
    public void Genius_presets_concede_below_the_reservation_value_over_all_outcomes() =>
        Assert.Equal(2, new Table(
            StrategyCatalog.Create("genius:Linear", Some.Ranked(6, 5, 8, 1, 10, 0)), 9).Bid(8));

    [Fact]
    public void Of_two_equally_close_outcomes_the_one_with_the_lowest_index_is_offered()
    {
        // t = 0.5: the target is 5, between 4 and 6.
        Assert.Equal(0, new Table(StrategyCatalog.Create("genius:Linear", Some.Ranked(0, 6, 4, 10, 0)), 9).Bid(4));
        Assert.Equal(0, new Table(StrategyCatalog.Create("genius:Linear", Some.Ranked(0, 4, 6, 10, 0)), 9).Bid(4));
        Assert.Equal(1, new Table(
            StrategyCatalog.Create("genius:Linear", Some.Ranked(0, 10, 6, 6, 4, 4, 0)), 9).Bid(4));
    }

    [Theory]
    [InlineData("negolog:Boulware", 0, 10)]
    [InlineData("negolog:Boulware", 5, 8)] // t = 0.5: 0.25 + 0.5·0.85 + 0.25·0.4 = 0.775
    [InlineData("negolog:Linear", 5, 7)] // 0.7
    [InlineData("negolog:Conceder", 5, 6)] // 0.625
    [InlineData("negolog:Conceder", 9, 4)] // t = 0.9: 0.01 + 0.18·0.55 + 0.81·0.4 = 0.433
    public void A_negolog_preset_follows_its_curve_by_the_share_of_rounds(string name, int round, int expected) =>
        Assert.Equal(expected, new Table(StrategyCatalog.Create(name, Tenths), 10).Bid(round));

    [Theory]
    [InlineData(0.8, 0.8)] // 0.25 + 0.5·0.7 + 0.25·0.8
    [InlineData(0.3, 0.7)]
    [InlineData(double.NegativeInfinity, 0.7)]
    public void The_negolog_curve_ends_at_the_reservation_value_or_0_4(double reservationValue, double target) =>
        Assert.Equal(target, NegologPreset.Linear.TargetAt(0.5, reservationValue), 12);

    [Theory]
    [InlineData("genius:Linear", 4, 5)]
    [InlineData("negolog:Linear", 5, 7)]
    [InlineData("FixedStep", 3, 6)]
    public void Without_a_rule_of_its_own_a_preset_accepts_what_it_would_offer_next(string name, int round, int least)
    {
        // FixedStep of ten rounds: 10 − 3·10/9 = 6.67, so 7 is offered, and of nine 10 − 3·10/8 = 6.25; see below.
        var rounds = name == "negolog:Linear" ? 10 : 9;
        var own = name == "negolog:Linear" ? Tenths : Even;
        least = name == "FixedStep" ? 7 : least;
        Assert.Equal(
            NegotiatorActKind.Accept, new Table(StrategyCatalog.Create(name, own), rounds).Turn(round, least).Kind);
        Assert.Equal(
            NegotiatorActKind.Propose,
            new Table(StrategyCatalog.Create(name, own), rounds).Turn(round, least - 1).Kind);
    }

    [Fact]
    public void Fixed_steps_go_from_the_best_to_the_reservation_value()
    {
        var table = new Table(new FixedStep(Even), 11);
        Assert.Equal(Enumerable.Range(0, 11).Reverse(), Enumerable.Range(0, 11).Select(round => table.Bid(round)));
        var reserved = new Table(new FixedStep(Some.Ranked(5, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)), 11);
        Assert.Equal([10, 8, 5], new[] { 0, 4, 10 }.Select(round => reserved.Bid(round)));
        Assert.Equal(10, new Table(new FixedStep(Even), 1).Bid(0));
    }

    [Fact]
    public void A_tough_one_offers_and_accepts_its_best_alone()
    {
        var table = new Table(new Tough(Some.Ranked(0, 1, 3, 3, 2)), 9);
        Assert.Equal(1, table.Bid(8, offer: 3));
        Assert.Equal(NegotiatorActKind.Accept, table.Turn(8, offer: 1).Kind);
    }

    [Fact]
    public void A_random_one_offers_every_rational_outcome_and_no_other()
    {
        var own = Some.Ranked(2, 1, 3, 5, 2, 0);
        var table = new Table(new RandomNegotiator(own, 7), 1_000);
        var bids = Enumerable.Range(0, 300).Select(round => table.Bid(round)).GroupBy(bid => bid).ToList();
        Assert.Equal([1, 2, 3], bids.Select(bid => bid.Key).Order());
        Assert.All(bids, bid => Assert.InRange(bid.Count(), 70, 130));
        Assert.Equal(TurnAct.End, new Table(new RandomNegotiator(Some.Ranked(9, 1, 2), 7), 9).Turn(0));
    }

    [Theory]
    [InlineData("Random", 100, 200)]
    [InlineData("negmas:Random(0)", 0, 0)]
    [InlineData("negmas:Random(1)", 300, 300)]
    public void A_random_one_accepts_a_rational_offer_with_its_probability(string name, int least, int most)
    {
        var table = new Table(StrategyCatalog.Create(name, Some.Ranked(2, 1, 3), seed: 11), 1_000);
        var accepted = Enumerable.Range(0, 300).Count(r => table.Turn(r, offer: 1).Kind == NegotiatorActKind.Accept);
        Assert.InRange(accepted, least, most);
        Assert.All(
            Enumerable.Range(0, 50), round => Assert.Equal(NegotiatorActKind.Propose, table.Turn(round, 0).Kind));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomNegotiator(Even, 1, 1.01));
    }

    [Fact]
    public void Presets_of_the_default_family_search_all_or_rational_outcomes_as_they_are_defined()
    {
        // A hair below the reservation value, and nearer to the target than anything above.
        var own = Some.Ranked(0.5, 0.5 - 1e-7, 0.9, 0.1);
        Assert.Equal(0, new Table(StrategyCatalog.Create("AspirationLinear", own), 1_000_000).Bid(999_999));
        Assert.Equal(1, new Table(StrategyCatalog.Create("Linear", own), 1_000_000).Bid(999_999));
    }
}
