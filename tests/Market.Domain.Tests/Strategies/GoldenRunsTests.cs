using System.Text.Json;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.TestSupport;

namespace Market.Domain.Tests.Strategies;

/// <summary>
/// Runs of another platform that must come out exactly alike: agreement, rounds, utilities and every offer given.
/// </summary>
public sealed class GoldenRunsTests
{
    private const double Tolerance = 1e-9;

    [FactWithSharedData]
    public void Every_reference_run_of_time_dependent_strategies_is_reproduced()
    {
        var data = GoldenData.Read();
        var offersCompared = 0;
        var names = new HashSet<string>();
        var runs = 0;
        foreach (var run in data.Runs.Where(run => IsKnown(run, "first") && IsKnown(run, "second")))
        {
            offersCompared += Check(run, data.Scenarios[run.GetProperty("scenario").GetString()!]);
            names.Add(run.GetProperty("first").GetString()!);
            runs++;
        }

        Assert.True(runs >= 212, $"Only {runs} runs were found.");
        Assert.True(offersCompared > 1_000, $"Only {offersCompared} offers were compared.");
        Assert.Superset(new HashSet<string> { "Boulware", "Linear", "Conceder", "AspirationLinear", "Poly2.5" }, names);
    }

    private static bool IsKnown(JsonElement run, string which)
    {
        try
        {
            StrategyCatalog.FindTimeDependent(run.GetProperty(which).GetString()!);
            return true;
        }
        catch (UnknownStrategyException)
        {
            return false;
        }
    }

    private static int Check(JsonElement run, GoldenScenario scenario)
    {
        var first = StrategyCatalog.Create(run.GetProperty("first").GetString()!, scenario.Profiles[0]);
        var second = StrategyCatalog.Create(run.GetProperty("second").GetString()!, scenario.Profiles[1]);
        var result = BilateralSession.Run(
            scenario.Agenda, first, second, run.GetProperty("n_steps").GetInt32(), Party.Seller);

        var label = $"{scenario.Name} {run.GetProperty("first")}/{run.GetProperty("second")}";
        Outcome? agreement = run.GetProperty("agreement") is { ValueKind: JsonValueKind.Array } agreed
            ? scenario.OutcomeOf(agreed)
            : null;
        Assert.True(agreement == result.Agreement, $"{label}: agreed {result.Agreement}, not {agreement}");
        Assert.Equal(run.GetProperty("steps").GetInt32(), result.Steps);
        Assert.Equal(run.GetProperty("timedout").GetBoolean(), result.End == BilateralEnd.OutOfRounds);
        Assert.Equal(run.GetProperty("n_offers").GetInt32(), result.Offers.Count);
        for (var party = 0; party < 2; party++)
        {
            var utility = scenario.Profiles[party].Utility.OfEnd(result.Agreement);
            Assert.InRange(utility - run.GetProperty("utilities")[party].GetDouble(), -Tolerance, Tolerance);
        }

        var offers = result.Offers.ToList();
        return CheckOffers(run.GetProperty("first_offers"), scenario, offers.Take(6), label)
            + CheckOffers(run.GetProperty("last_offers"), scenario, offers.TakeLast(4), label)
            + CheckOffers(run.GetProperty("offer_trace"), scenario, offers, label);
    }

    private static int CheckOffers(
        JsonElement given, GoldenScenario scenario, IEnumerable<BilateralOffer> made, string label)
    {
        if (given.ValueKind != JsonValueKind.Array)
        {
            return 0;
        }

        var expected = given.EnumerateArray().Select(offer => new BilateralOffer(
            offer[0].GetInt32(),
            offer[1].GetInt32() == 0 ? Party.Seller : Party.Buyer,
            scenario.OutcomeOf(offer[2]))).ToList();
        Assert.True(expected.SequenceEqual(made), $"{label}: other offers than the reference's");
        return expected.Count;
    }
}
