using System.Text.Json;

namespace Market.Silo.Commands.Demo;

/// <summary>A demonstration's outcome as one line of JSON; amounts are decimal dollars.</summary>
internal static class DemoJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Cents as dollars.</summary>
    public static decimal Dollars(long cents) => cents / 100m;

    /// <summary>The outcome.</summary>
    /// <param name="outcome">What it came to.</param>
    /// <param name="dealOf">A deal as an object.</param>
    public static string Of<T>(DemoOutcome<T> outcome, Func<T, object> dealOf)
        where T : IDemoDeal
    {
        var audit = outcome.Audit;
        var seconds = Math.Round(outcome.Elapsed.TotalSeconds, 3);
        return JsonSerializer.Serialize(
            new
            {
                audit.DealsSettled,
                NeedsMet = outcome.Deals.Count,
                CustomerUtility = Dollars(outcome.BuyersSurplusCents),
                BusinessSurplus = Dollars(outcome.SellersSurplusCents),
                outcome.Offers,
                audit.TrialBalanceZero,
                audit.ChainVerified,
                audit.SettledTwice,
                audit.Oversold,
                WallSeconds = seconds,
                DealsPerSecond = Math.Round(outcome.Deals.Count / outcome.Elapsed.TotalSeconds, 1),
                outcome.Seed,
                Deals = outcome.Deals.Select(dealOf),
            },
            Options);
    }
}
