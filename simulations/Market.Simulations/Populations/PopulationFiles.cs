using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Market.Simulations.Running;

namespace Market.Simulations.Populations;

/// <summary>
/// A market's run as files. <c>market.json</c> and <c>needs.csv</c> are the same bytes for the same seed;
/// <c>timing.json</c> holds what depends on the machine: how long it took, and which quotes came first.
/// </summary>
internal static class PopulationFiles
{
    private static readonly (string Name, Func<NeedRow, string> Of)[] Columns =
    [
        ("buyer", static need => Quoted(need.Buyer)),
        ("period", static need => Number(need.Period)),
        ("matching_sellers", static need => Number(need.Matching)),
        ("seller", static need => Quoted(need.Seller)),
        ("rounds", static need => Number(need.Rounds)),
        ("is_posted_price", static need => need.IsPosted ? "1" : "0"),
        ("posted_cents", static need => Number(need.Posted)),
        ("floor_cents", static need => Number(need.Floor)),
        ("limit_cents", static need => Number(need.Limit)),
        ("paid_cents", static need => Number(need.Paid)),
        ("buyer_gain_cents", static need => Number(need.BuyerGain)),
        ("seller_gain_cents", static need => Number(need.SellerGain)),
        ("buyer_share", static need => need.BuyerShare?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty),
        ("optimal_seller", static need => Quoted(need.OptimalSeller)),
        ("optimal_gain_cents", static need => Number(need.OptimalGain)),
        ("anomalies", static need => AnomalyWords.Of(need.Anomalies)),
    ];

    /// <summary>Writes them into a folder, which is made where it is not there.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void Write(string folder, PopulationResult result)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "needs.csv"), Csv(result.Needs));
        File.WriteAllText(Path.Combine(folder, "market.json"), Json(writer => WriteSettled(writer, result)) + "\n");
        File.WriteAllText(Path.Combine(folder, "timing.json"), Json(writer => WriteTiming(writer, result)) + "\n");
    }

    /// <summary>All of it as one line of JSON.</summary>
    public static string Line(PopulationResult result) => Json(writer =>
    {
        WriteSettled(writer, result);
        WriteTiming(writer, result);
    });

    /// <summary>The needs as CSV (RFC 4180).</summary>
    public static string Csv(IEnumerable<NeedRow> needs)
    {
        var text = new StringBuilder(string.Join(',', Columns.Select(static column => column.Name))).Append("\r\n");
        foreach (var need in needs)
        {
            text.AppendJoin(',', Columns.Select(column => column.Of(need))).Append("\r\n");
        }

        return text.ToString();
    }

    private static void WriteSettled(Utf8JsonWriter writer, PopulationResult result)
    {
        var plan = result.Plan;
        writer.WriteString("kind", "market");
        writer.WriteString("version", Assembly.GetExecutingAssembly().GetName().Version?.ToString(3));
        writer.WriteString("source", plan.Source);
        writer.WriteNumber("seed", plan.Arrivals.Seed);
        writer.WriteNumber("buyers", plan.Data.Customers.Count);
        writer.WriteNumber("sellers", plan.Data.Businesses.Count);
        writer.WriteNumber("periods", plan.Arrivals.Periods);
        writer.WriteNumber("patience", plan.Arrivals.Patience);
        writer.WriteBoolean("sellersSpread", plan.Arrivals.AreSellersSpread);
        Write(writer, "stock", plan.Stock);
        writer.WriteString("buyerStrategy", plan.Buyers.Name);
        writer.WriteString("sellerStrategy", plan.Sellers.Name);
        writer.WriteNumber("needsMet", result.Met);
        writer.WriteNumber("offers", result.Offers);
        writer.WriteNumber("customerUtility", Units(result.BuyersGain));
        writer.WriteNumber("businessSurplus", Units(result.SellersGain));
        writer.WriteNumber("welfare", Units(result.Welfare));
        writer.WriteNumber("optimumWelfare", Units(result.Optimum));
        Write(writer, "welfareShare", result.WelfareShare);
        writer.WriteNumber("postedOptimum", Units(result.PostedOptimum));
        Write(writer, "meanBuyerShare", result.MeanBuyerShare);
        writer.WriteNumber("dealsWithAnomalies", result.WithAnomalies);
        if (result.Audit is { } audit)
        {
            writer.WriteBoolean("trialBalanceZero", audit.TrialBalanceZero);
            writer.WriteBoolean("chainVerified", audit.ChainVerified);
            writer.WriteNumber("settledTwice", audit.SettledTwice);
            writer.WriteNumber("oversold", audit.Oversold);
            writer.WriteNumber("auditErrors", audit.ErrorCount);
        }
    }

    private static void WriteTiming(Utf8JsonWriter writer, PopulationResult result)
    {
        writer.WriteNumber("contestedNeeds", result.Speed.Needs);
        writer.WriteNumber("awardsToFirstQuote", result.Speed.ToFirst);
        Write(writer, "firstQuoteShare", result.Speed.Share);
        Write(writer, "firstQuoteChance", result.Speed.Chance);
        Write(writer, "firstProposalOdds", result.Speed.Ratio);
        writer.WriteNumber("wallSeconds", Math.Round(result.Elapsed.TotalSeconds, 3));
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static decimal Units(long cents) => cents / 100m;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\r\n")
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;
}
