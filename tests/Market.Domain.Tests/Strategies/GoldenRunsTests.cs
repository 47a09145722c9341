using System.Text.Json;
using Market.Domain.Strategies;
using Market.TestSupport;

namespace Market.Domain.Tests.Strategies;

/// <summary>
/// Runs of another platform that must come out exactly alike: agreement, rounds, utilities and every offer given.
/// </summary>
public sealed class GoldenRunsTests
{
    private const double Tolerance = 1e-9;
    private const int RunsMin = 367;

    [FactWithSharedData]
    public void Every_reference_run_is_reproduced_offer_by_offer()
    {
        var data = GoldenData.Read();
        var offersCompared = 0;
        foreach (var run in data.Runs)
        {
            offersCompared += Check(run, data.Scenarios[run.GetProperty("scenario").GetString()!]);
        }

        Assert.True(data.Runs.Count >= RunsMin, $"Only {data.Runs.Count} runs were found.");
        Assert.True(offersCompared > 5_000, $"Only {offersCompared} offers were compared.");
    }

    [FactWithSharedData]
    public void A_reference_run_comes_out_alike_where_strategies_see_outcomes_and_not_their_numbers()
    {
        var data = GoldenData.Read();
        foreach (var run in data.Runs.Where(run => run.GetProperty("n_steps").GetInt32() == 50))
        {
            var scenario = data.Scenarios[run.GetProperty("scenario").GetString()!];
            var (direct, trace) = (Play(run, scenario, out var expected), expected);
            var (seen, traceSeen) = (Play(run, scenario, out var actual, strategy => new Behind(strategy)), actual);
            Assert.Equal(direct, seen);
            Assert.Equal(trace.Offers, traceSeen.Offers);
        }
    }

    private static int Check(JsonElement run, GoldenScenario scenario)
    {
        var result = Play(run, scenario, out var trace);
        var label = $"{scenario.Name} {run.GetProperty("first")}/{run.GetProperty("second")}";
        var agreement = run.GetProperty("agreement") is { ValueKind: JsonValueKind.Array } agreed
            ? scenario.IndexOf(agreed)
            : TurnView.NoOffer;
        Assert.True(agreement == result.Agreement, $"{label}: agreed {result.Agreement}, not {agreement}");
        Assert.Equal(run.GetProperty("steps").GetInt32(), result.Rounds);
        Assert.Equal(run.GetProperty("timedout").GetBoolean(), result.End == AlternatingOffersEnd.OutOfRounds);
        Assert.Equal(run.GetProperty("n_offers").GetInt32(), result.Offers);
        for (var party = 0; party < 2; party++)
        {
            var utility = scenario.Profiles[party].UtilityOfEnd(result.Agreement);
            Assert.InRange(utility - run.GetProperty("utilities")[party].GetDouble(), -Tolerance, Tolerance);
        }

        var offers = trace.Offers.ToList();
        return CheckOffers(run.GetProperty("first_offers"), scenario, offers.Take(6), label)
            + CheckOffers(run.GetProperty("last_offers"), scenario, offers.TakeLast(4), label)
            + CheckOffers(run.GetProperty("offer_trace"), scenario, offers, label);
    }

    internal static AlternatingOffersResult Play(
        JsonElement run,
        GoldenScenario scenario,
        out ActTrace trace,
        Func<INegotiator, INegotiator>? wrap = null)
    {
        trace = new ActTrace();
        var parties = new[] { "first", "second" }.Select((which, party) =>
        {
            var name = run.GetProperty(which).GetString()!;
            INegotiator strategy = StrategyCatalog.Create(
                name == "NaiveTFT" ? "negmas:NaiveTitForTat" : name, scenario.Profiles[party], seed: 1);
            return wrap?.Invoke(strategy) ?? strategy;
        }).ToArray();
        return new AlternatingOffers(scenario.Profiles[0].Space)
            .Run(parties, run.GetProperty("n_steps").GetInt32(), trace);
    }

    private static int CheckOffers(
        JsonElement given, GoldenScenario scenario, IEnumerable<PartyAct> made, string label)
    {
        if (given.ValueKind != JsonValueKind.Array)
        {
            return 0;
        }

        var expected = given.EnumerateArray().Select(offer => new PartyAct(
            offer[0].GetInt32(),
            offer[1].GetInt32(),
            NegotiatorActKind.Propose,
            scenario.IndexOf(offer[2]))).ToList();
        Assert.True(expected.SequenceEqual(made), $"{label}: other offers than the reference's");
        return expected.Count;
    }

    /// <summary>Hides what a strategy is from the engine, which then shows it outcomes as lists of values.</summary>
    private sealed class Behind(INegotiator strategy) : INegotiator
    {
        public NegotiatorAct Act(in NegotiationView view) => strategy.Act(view);
    }
}
