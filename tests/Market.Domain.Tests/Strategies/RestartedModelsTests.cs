using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

/// <summary>A strategy with models of several counterparties does after a restart what a new one does.</summary>
public sealed class RestartedModelsTests
{
    private static readonly Agenda Agenda = new(
        Currency.Usd, [Issue.Range("a", 0, 4), Issue.Range("b", 0, 4), Issue.Range("c", 0, 4)]);

    [Fact]
    public void Among_three_parties_a_restarted_strategy_acts_like_a_new_one()
    {
        var own = Ranked(0.5, 0.3, 0.2);
        var composed = StrategyCatalog.Create("Linear+model:frequency", own);
        var first = ActsWith(composed);
        composed.Restart(0);

        Assert.Equal(first, ActsWith(composed));
        Assert.Equal(first, ActsWith(StrategyCatalog.Create("Linear+model:frequency", own)));
    }

    [Fact]
    public void A_restarted_strategy_has_learnt_nothing_of_anybody()
    {
        var composed = (ComposedNegotiator)StrategyCatalog.Create("Linear+model:frequency", Ranked(0.5, 0.3, 0.2));
        ActsWith(composed);
        Assert.Equal(2, composed.Models.Count);

        composed.Restart(0);
        Assert.Empty(composed.Models);
    }

    private static PartyAct[] ActsWith(RankedNegotiator first)
    {
        var trace = new ActTrace();
        var engine = new AlternatingOffers(first.Own.Space);
        engine.Run(
            [
                first,
                StrategyCatalog.Create("Boulware", Ranked(-0.2, 0.5, 0.3)),
                StrategyCatalog.Create("Boulware", Ranked(0.1, -0.3, 0.6)),
            ],
            20,
            trace);
        return trace.Acts.ToArray();
    }

    private static RankedOutcomes Ranked(params double[] slopes) => new(new UtilityFunction(
        Agenda,
        slopes.Select(slope => ValueFunction.Linear(slope / 4, slope < 0 ? -slope : 0)).ToValueArray()));
}
