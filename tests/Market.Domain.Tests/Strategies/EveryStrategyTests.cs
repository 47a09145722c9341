using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

/// <summary>What holds for every name of the catalogue, and for what names are composed of.</summary>
public sealed class EveryStrategyTests
{
    private static readonly Agenda Agenda = new(
        Currency.Usd, [Issue.TotalPrice(100, 200, 10), Issue.Range("days", 1, 5), Issue.Choice("colour", "a", "b")]);

    private static readonly RankedOutcomes Seller = new(new UtilityFunction(
        Agenda, [ValueFunction.Linear(0.006), ValueFunction.Linear(0.08), ValueFunction.Table(0, 0.1)], default, 0.75));

    private static readonly RankedOutcomes Buyer = new(new UtilityFunction(
        Agenda,
        [ValueFunction.Linear(-0.008), ValueFunction.Linear(-0.04), ValueFunction.Table(0.2, 0)],
        reservationValue: -1.6));

    private static readonly string[] All =
    [
        .. StrategyCatalog.Names.Where(name => !name.Contains('<', StringComparison.Ordinal)),
        "negmas:Poly2.5", "negmas:Random(0.25)",
        "negmas:Linear+AC-combi(0.9)+model:frequency", "negmas:NaiveTitForTat+AC-next(1.01,0)+model:scalable-bayesian",
        "genius:Conceder+AC-time(0.95)+model:windowed-frequency", "negmas:MiCRO+AC-const(0.9)",
        "market:FixedStep+model:bayesian",
    ];

    public static TheoryData<string> Names => [.. All];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_restarted_strategy_does_what_a_new_one_does(string name)
    {
        var used = StrategyCatalog.Create(name, Seller, seed: 99);
        Play(used, StrategyCatalog.Create("negmas:Random", Buyer, seed: 4), 17);
        used.Restart(5);
        var fresh = StrategyCatalog.Create(name, Seller, seed: 5);
        foreach (var opponent in new[] { "MiCRO", "Boulware", "Random(0)" })
        {
            fresh.Restart(5);
            used.Restart(5);
            Assert.Equal(
                Play(fresh, StrategyCatalog.Create(opponent, Buyer, seed: 2), 40),
                Play(used, StrategyCatalog.Create(opponent, Buyer, seed: 2), 40));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_strategy_does_the_same_where_it_is_shown_outcomes(string name)
    {
        var direct = Play(
            StrategyCatalog.Create(name, Seller, seed: 3), StrategyCatalog.Create(name, Buyer, seed: 2), 40);
        var shown = Play(
            new Behind(StrategyCatalog.Create(name, Seller, seed: 3)),
            new Behind(StrategyCatalog.Create(name, Buyer, seed: 2)),
            40);
        Assert.Equal(direct, shown);
        Assert.NotEmpty(direct);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_strategy_that_keeps_no_state_acts_on_the_turn_alone(string name)
    {
        var recipe = StrategyCatalog.Find(name);
        Assert.Equal(name, recipe.Name);
        var acts = Play(recipe.Create(Seller, 1), StrategyCatalog.Create("negmas:Boulware", Buyer), 40);
        var standing = TurnView.NoOffer;
        var alike = true;
        foreach (var act in acts)
        {
            var turn = new TurnView(2, act.Round, 40, standing);
            alike &= act.Party != 0 || recipe.Create(Seller, 1).Act(turn).Kind == act.Kind;
            standing = act.Outcome;
        }

        Assert.True(alike || recipe.KeepsState, "It did otherwise without having seen the turns before.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Three_parties_come_to_an_end_and_to_the_same_one_again(string name)
    {
        var third = new RankedOutcomes(new UtilityFunction(
            Agenda, [ValueFunction.Linear(0), ValueFunction.Linear(0.2), ValueFunction.Table(0, 1)]));
        List<PartyAct> Run()
        {
            RankedOutcomes[] profiles = [Seller, Buyer, third];
            var parties = profiles.Select((own, i) => StrategyCatalog.Create(name, own, (ulong)i));
            var trace = new ActTrace();
            var result = new AlternatingOffers(Seller.Space).Run([.. parties], 30, trace);
            Assert.NotEqual(AlternatingOffersEnd.Failed, result.End);
            return [.. trace.Acts];
        }

        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void Who_uses_chance_does_otherwise_with_another_seed_and_nobody_else_does()
    {
        foreach (var name in All)
        {
            var runs = Enumerable.Range(0, 6).Select(seed => string.Join(' ', Play(
                StrategyCatalog.Create(name, Seller, (ulong)seed), StrategyCatalog.Create("Tough", Buyer), 60)));
            Assert.Equal(StrategyCatalog.UsesChance(name), runs.Distinct().Count() > 1);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Negotiations_without_a_trace_allocate_nothing_once_their_memory_is_there(string name)
    {
        INegotiator[] parties = [StrategyCatalog.Create(name, Seller, 1), StrategyCatalog.Create(name, Buyer, 2)];
        var engine = new AlternatingOffers(Seller.Space);
        RunMany(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        RunMany(0);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void RunMany(ulong seed)
        {
            for (var run = 0; run < 20; run++)
            {
                ((RankedNegotiator)parties[0]).Restart(seed++);
                ((RankedNegotiator)parties[1]).Restart(seed++);
                engine.Run(parties, 40);
            }
        }
    }

    [Fact]
    public void Guarded_an_act_binds_to_nothing_worse_than_no_agreement()
    {
        var own = Some.Ranked(2, 1, 3, 2.5, 0);
        Assert.Equal(Propose(2), ReservationGuard.Of(Propose(0), null, own));
        Assert.Equal(Propose(1), ReservationGuard.Of(Propose(1), null, own));
        Assert.Equal(Propose(2), ReservationGuard.Of(NegotiatorAct.Accept, Outcome.Of(3), own));
        Assert.Equal(NegotiatorAct.Accept, ReservationGuard.Of(NegotiatorAct.Accept, Outcome.Of(2), own));
        Assert.Equal(NegotiatorAct.End, ReservationGuard.Of(NegotiatorAct.End, Outcome.Of(3), own));
        Assert.Equal(NegotiatorAct.End, ReservationGuard.Of(Propose(0), null, Some.Ranked(9, 1, 3)));

        static NegotiatorAct Propose(long outcome) => NegotiatorAct.Propose(Outcome.Of(outcome));
    }

    private static List<PartyAct> Play(INegotiator first, INegotiator second, int rounds)
    {
        var trace = new ActTrace();
        new AlternatingOffers(Seller.Space).Run([first, second], rounds, trace);
        return [.. trace.Acts];
    }

    private sealed class Behind(INegotiator strategy) : INegotiator
    {
        public NegotiatorAct Act(in NegotiationView view) => strategy.Act(view);
    }
}
