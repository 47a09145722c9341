using System.Globalization;
using System.Text.Json;

namespace Market.Chaos.Hostile;

/// <summary>
/// Attacks a real server in every way there is, each in a process of its own, while honest agents trade: what each
/// attack was answered, the server's memory, and the honest agents' latency beside that of a calm time.
/// </summary>
internal sealed class HostileRun(Uri market, ServedMarket server, AttackSize size, TimeSpan span, bool isJson)
{
    private const double SlowdownMax = 3;
    private const long MemoryGrowthMax = 512L * 1024 * 1024;
    private const int Pairs = 8;

    // Below this a percentile says more about the machine's scheduler than about the server.
    private const double CalmFloorMilliseconds = 5;

    private int _broken;

    /// <summary>Runs it.</summary>
    /// <param name="seconds">How long a calm time and each attack last.</param>
    /// <param name="connections">Connections of the attack that only holds them.</param>
    /// <param name="attacks">Names of the attacks; none for every one.</param>
    /// <param name="isJson">Whether to print JSON lines.</param>
    /// <returns>0 where the market held; 1 where something broke.</returns>
    public static async Task<int> RunAsync(int seconds, int connections, string[] attacks, bool isJson)
    {
        var size = new AttackSize(connections, Requests: 20_000, SlowSeconds: 5);
        await using var server = await ServedMarket.StartAsync(size);
        return await new HostileRun(server.Uri, server, size, TimeSpan.FromSeconds(seconds), isJson)
            .RunAsync([.. Attack.All.Where(attack => attacks.Length == 0 || attacks.Contains(attack.Name))]);
    }

    private async Task<int> RunAsync(IReadOnlyList<Attack> attacks)
    {
        await using (var honest = await HonestTraders.StartAsync(market, Pairs))
        {
            await honest.TradeAsync(span); // the server's code reaches its final form
            var memory = server.MemoryBytes;
            foreach (var attack in attacks)
            {
                // A calm time before each: a shared machine has its moods, and both must meet the same one.
                var calm = At((await honest.TradeAsync(span)).Milliseconds, 0.99);
                using var attacker = await Attacker.StartAsync(attack.Name, market, size);
                var (latencies, failed) = await honest.TradeAsync(span);
                var grown = server.MemoryBytes;
                var result = await attacker.StopAsync();
                var failures = result.Failures.ToList();
                Judge(failures, failed, At(latencies, 0.99), calm, grown - memory);
                Print(attack.Name, latencies, calm, grown, TextOf(result.Answers), failures);
            }
        }

        await EndAsync();
        Say(
            new { @event = "done", broken = _broken },
            _broken == 0 ? "The market held." : $"{_broken} things broke.");
        return _broken == 0 ? 0 : 1;
    }

    private static void Judge(List<string> failures, int failed, double p99, double calmP99, long grown)
    {
        if (failed > 0)
        {
            failures.Add($"{failed} offers of honest agents were not recorded");
        }

        if (p99 > SlowdownMax * Math.Max(calmP99, CalmFloorMilliseconds))
        {
            failures.Add(string.Create(
                CultureInfo.InvariantCulture, $"honest agents' p99 was {p99:F1} ms, and {calmP99:F1} ms in calm"));
        }

        if (grown > MemoryGrowthMax)
        {
            failures.Add($"the server's memory grew by {grown >> 20} MiB");
        }
    }

    /// <summary>The server is asked to end, says nothing that could be forged, and its books are sound.</summary>
    private async Task EndAsync()
    {
        var failures = new List<string>();
        var (exitCode, errors) = await server.StopAsync();
        if (exitCode != 0)
        {
            failures.Add($"the server ended with {exitCode}");
        }

        if (errors.Any(static c => c != '\n' && char.IsControl(c)))
        {
            failures.Add("a log line has control characters");
        }

        if (!await server.IsSoundAsync())
        {
            failures.Add("the audit finds the books unsound");
        }

        _broken += failures.Count;
        Say(
            new { @event = "end", exitCode, logLines = errors.Count(static c => c == '\n'), failures },
            failures.Count == 0 ? "ended in good order; the books are sound" : string.Join("; ", failures));
    }

    private void Print(
        string name, double[] latencies, double calm, long memory, string answers, List<string> failures)
    {
        _broken += failures.Count;
        var (p50, p99) = (At(latencies, 0.5), At(latencies, 0.99));
        Say(
            new
            {
                attack = name,
                offers = latencies.Length,
                p50Milliseconds = p50,
                p99Milliseconds = p99,
                calmP99Milliseconds = calm,
                slowdown = p99 / calm,
                memoryBytes = memory,
                answers,
                failures,
            },
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-18} p50 {p50,5:F1} ms  p99 {p99,6:F1} ms, calm {calm,5:F1} ms: {p99 / calm,5:F2} ×")
                + string.Create(CultureInfo.InvariantCulture, $"  {memory >> 20,4} MiB  ")
                + (failures.Count == 0 ? answers : "BROKEN: " + string.Join("; ", failures)));
    }

    private void Say(object json, string text) => Console.WriteLine(isJson ? JsonSerializer.Serialize(json) : text);

    private static string TextOf(Dictionary<string, int> answers) => string.Join(
        ", ", answers.OrderByDescending(static answer => answer.Value)
            .Select(static answer => $"{answer.Key} {answer.Value}"));

    private static double At(double[] sorted, double share) =>
        sorted.Length == 0
            ? double.PositiveInfinity
            : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
