using System.Globalization;
using System.Text.Json;

namespace Market.Chaos.Clusters;

/// <summary>What came out of one trial.</summary>
/// <param name="Trial">What was done.</param>
/// <param name="Recoveries">
/// From each fault on, the time until every buyer had been acknowledged again; of the only silo that was frozen, from
/// when it could go on.
/// </param>
/// <param name="Acknowledged">Acts that were acknowledged, and looked for in the journal.</param>
/// <param name="SentAgain">Requests that the clients sent more than once, by themselves.</param>
/// <param name="Settled">Deals that ended settled.</param>
/// <param name="Failed">Deals that ended because the ledger refused them.</param>
/// <param name="Rows">Rows of the journal.</param>
/// <param name="Findings">What is wrong: nothing, in a sound market.</param>
internal sealed record TrialResult(
    Trial Trial,
    IReadOnlyList<TimeSpan> Recoveries,
    int Acknowledged,
    int SentAgain,
    int Settled,
    int Failed,
    int Rows,
    IReadOnlyList<string> Findings)
{
    /// <summary>The heads of the columns of <see cref="Row"/>.</summary>
    public static string Heads { get; } =
        $"{"trial",-10}{"faults",7}{"recover ms (median, max)",26}{"acts",9}{"sent again",12}{"settled",9}"
        + $"{"failed",8}{"rows",9}{"wrong",7}";

    /// <summary>The row of a table.</summary>
    public string Row => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name,-10}{Recoveries.Count,7}{$"{Median:N0}, {Longest:N0}",26}{Acknowledged,9}{SentAgain,12}{Settled,9}"
        + $"{Failed,8}{Rows,9}{Findings.Count,7}");

    private string Name => Trial.ToString().ToLowerInvariant();

    private double Median => Recoveries.Count == 0 ? 0
        : Recoveries.Order().ElementAt(Recoveries.Count / 2).TotalMilliseconds;

    private double Longest => Recoveries.Count == 0 ? 0 : Recoveries.Max().TotalMilliseconds;

    /// <summary>The same as one line of JSON.</summary>
    public string ToJson(int seed) => JsonSerializer.Serialize(new
    {
        trial = Name,
        seed,
        recoverMs = Recoveries.Select(static time => Math.Round(time.TotalMilliseconds)),
        acknowledged = Acknowledged,
        sentAgain = SentAgain,
        settled = Settled,
        failed = Failed,
        rows = Rows,
        findings = Findings,
    });
}
