using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

public sealed class AcceptanceTests
{
    private static readonly TurnView Early = new(2, 3, 99, 0);
    private static readonly RankedOutcomes Even = Some.Ranked(0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

    [Fact]
    public void Accepting_next_scales_and_shifts_the_offer()
    {
        Assert.True(new AcceptNext().Accepts(5, 5, Early));
        Assert.False(new AcceptNext().Accepts(Math.BitDecrement(5.0), 5, Early));
        Assert.True(new AcceptNext(alpha: 1.5, beta: 0.5).Accepts(3, 5, Early));
        Assert.False(new AcceptNext(alpha: 1.5, beta: 0.4).Accepts(3, 5, Early));
    }

    [Fact]
    public void A_constant_does_not_look_at_the_own_next_offer()
    {
        Assert.True(new AcceptConstant(4).Accepts(4, 10, Early));
        Assert.False(new AcceptConstant(4).Accepts(3.9, 0, Early));
    }

    [Fact]
    public void From_its_time_on_anything_is_accepted()
    {
        // (round + 1)/100: 0.5 in round 49.
        Assert.False(new AcceptTime(0.5).Accepts(9, 0, new TurnView(2, 48, 99, 0)));
        Assert.True(new AcceptTime(0.5).Accepts(-9, 0, new TurnView(2, 49, 99, 0)));
    }

    [Fact]
    public void Combined_it_accepts_late_what_is_the_best_of_the_window_as_long_as_the_rest()
    {
        // Ten rounds, t = (r + 1)/11; in round 7 the window begins at round 2·7 − 10 = 4.
        var condition = new AcceptCombined(time: 0.7);
        double[] received = [9, 9, 9, 9, 2, 1, 3];
        for (var round = 0; round < received.Length; round++)
        {
            Assert.False(condition.Accepts(received[round], 10, new TurnView(2, round, 10, 0)));
        }

        Assert.False(condition.Accepts(2.9, 10, new TurnView(2, 7, 10, 0)));
        Assert.True(condition.Accepts(3, 10, new TurnView(2, 7, 10, 0)));
        condition.Restart();
        Assert.True(condition.Accepts(0.1, 10, new TurnView(2, 7, 10, 0)));
    }

    [Fact]
    public void Before_its_time_the_combination_is_accepting_next()
    {
        Assert.True(new AcceptCombined().Accepts(5, 5, Early));
        Assert.False(new AcceptCombined().Accepts(4.9, 5, Early));
    }

    [Fact]
    public void A_condition_takes_the_place_of_the_strategys_own()
    {
        // Linear asks for 10·(1 − 0.5) at t = 0.5, so it would accept 5 by itself.
        Assert.Equal(
            NegotiatorActKind.Propose,
            new Table(StrategyCatalog.Create("Linear+AC-const(6)", Even), 9).Turn(4, offer: 5).Kind);
        Assert.Equal(
            NegotiatorActKind.Accept,
            new Table(StrategyCatalog.Create("Tough+AC-const(6)", Even), 9).Turn(0, offer: 6).Kind);
        Assert.Equal(
            NegotiatorActKind.Accept,
            new Table(StrategyCatalog.Create("genius:Hardliner+AC-time(0.5)", Even), 9).Turn(4, offer: 0).Kind);
    }

    [Fact]
    public void What_is_compared_with_an_offer_is_what_is_offered_then()
    {
        // A random strategy's next offer is drawn once a turn: an offer is refused only if the answer is worth more.
        var own = Some.Ranked(0, 1, 2, 3, 4, 5);
        var table = new Table(StrategyCatalog.Create("Random+AC-next", own, seed: 5), 1_000);
        var acts = Enumerable.Range(0, 200).Select(round => table.Turn(round, offer: 2)).ToList();
        Assert.Contains(acts, act => act.Kind == NegotiatorActKind.Accept);
        var bids = acts.Where(act => act.Kind == NegotiatorActKind.Propose).Select(act => act.Outcome).ToHashSet();
        Assert.Equal([3, 4], bids.Order());
    }

    [Fact]
    public void Who_would_rather_end_accepts_next_what_is_no_worse_than_no_agreement()
    {
        var own = Some.Ranked(5, 1, 2, 3);
        Assert.Equal(TurnAct.End, new Table(StrategyCatalog.Create("MiCRO+AC-next", own), 9).Turn(0, offer: 2));
        Assert.Equal(
            NegotiatorActKind.Accept,
            new Table(StrategyCatalog.Create("MiCRO+AC-next(2,0)", own), 9).Turn(0, offer: 2).Kind);
    }
}
