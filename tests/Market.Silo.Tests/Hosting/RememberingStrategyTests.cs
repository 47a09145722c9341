using Market.Domain;
using Market.Domain.Hosting;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Silo.Hosting;

namespace Market.Silo.Tests.Hosting;

/// <summary>A strategy that remembers is shown each turn of its negotiation once, whatever happens between.</summary>
public sealed class RememberingStrategyTests
{
    private static readonly Agenda Agenda = new(Currency.Usd, [Issue.TotalPrice(0, 9)]);
    private static readonly RankedOutcomes Own = new(new UtilityFunction(Agenda, [ValueFunction.Linear(1)]));

    [Fact]
    public void After_a_restart_it_does_what_it_would_have_done()
    {
        var (live, past) = (NewStrategy(), new List<HostedPastTurn>());
        for (var round = 0; round < 20; round++)
        {
            var now = Turn(round, offer: round % 3);
            Assert.True(live.TryDecide(past, now, out var act));
            Assert.True(NewStrategy().TryDecide(past, now, out var again));
            Assert.Equal(act, again);
            past.Add(now);
        }
    }

    [Fact]
    public void Asked_about_the_same_turn_again_it_says_the_same()
    {
        // MiCRO would offer its next outcome, had it been shown the turn twice.
        var strategy = NewStrategy();
        Assert.True(strategy.TryDecide([], Turn(0, offer: 0), out var act));
        Assert.True(strategy.TryDecide([], Turn(0, offer: 0), out var again));
        Assert.Equal((NegotiatorAct.Propose(Outcome.Of(9)), act), (act, again));
    }

    [Fact]
    public void Shown_a_turn_that_did_not_take_place_it_is_of_no_more_use()
    {
        var strategy = NewStrategy();
        Assert.True(strategy.TryDecide([], Turn(0, offer: 0), out _));
        Assert.False(strategy.TryDecide([], Turn(1, offer: 1), out _));

        var other = NewStrategy();
        Assert.True(other.TryDecide([], Turn(0, offer: 0), out _));
        Assert.False(other.TryDecide([Turn(2, offer: 0)], Turn(3, offer: 1), out _));
    }

    [Fact]
    public void The_seed_of_chance_is_the_hostings_own_in_each_negotiation()
    {
        var hosting = new HostingId(new Guid(1, 2, 3, new byte[8]));
        var other = new HostingId(new Guid(1, 2, 4, new byte[8]));
        var negotiation = new NegotiationId(new Guid(5, 6, 7, new byte[8]));
        var seed = HostingRules.SeedOf(hosting, negotiation);
        Assert.Equal(seed, HostingRules.SeedOf(hosting, negotiation));
        Assert.NotEqual(seed, HostingRules.SeedOf(other, negotiation));
        Assert.NotEqual(seed, HostingRules.SeedOf(hosting, new NegotiationId(new Guid(5, 6, 8, new byte[8]))));
    }

    private static RememberingStrategy NewStrategy() => new(new Micro(Own, seed: 3));

    private static HostedPastTurn Turn(int round, long offer) => new(
        (2 * round) + 1, new NegotiationView(Party.Seller, Agenda, round, 30, Outcome.Of(offer), true));
}
