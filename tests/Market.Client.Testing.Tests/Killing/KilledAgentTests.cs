using Xunit.Abstractions;

namespace Market.Client.Testing.Tests.Killing;

/// <summary>
/// An agent's process is killed between sending and answer, again and again; what it sends counts once.
/// </summary>
public sealed class KilledAgentTests(ITestOutputHelper output) : IDisposable
{
    private const int Things = 40;
    private const int Kills = 3;
    private readonly string _folder = Directory.CreateTempSubdirectory("market-killed-agent-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_an_agent_had_sent_when_it_was_killed_counts_exactly_once()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        await using var server = await MarketTestServer.StartAsync();
        await using var wire = new HoldingProxy(server.Uri);
        for (var kill = 0; kill < Kills; kill++)
        {
            // What it sent arrives before its successor asks, or long after.
            await KillBetweenSendingAndAnswerAsync(wire, random, isLate: random.Next(2) == 0);
            await KillAtAnyMomentAsync(wire, random);
        }

        await using var last = Start(wire);
        await last.GoAsync(Things);
        await last.LineAsync("all");
        Assert.Equal(0, await last.ExitAsync());

        await using var buyer = await server.ConnectBuyerAsync();
        var titles = await buyer.SearchAsync(new ListingQuery { Category = "killed" })
            .Select(static listing => listing.Draft.Title).ToListAsync();
        Assert.Equal(
            Enumerable.Range(0, Things).Select(static number => $"thing {number}").Order(StringComparer.Ordinal),
            titles.Order(StringComparer.Ordinal));
    }

    private async Task KillBetweenSendingAndAnswerAsync(HoldingProxy wire, Random random, bool isLate)
    {
        await using (var killed = Start(wire))
        {
            await killed.LineAsync("begins");
            await killed.GoAsync(1);
            await killed.LineAsync("listed");
            var held = wire.HoldAsync();
            await killed.GoAsync(random.Next(1, 4));
            await held;
            await killed.KillAsync();
        }

        if (!isLate)
        {
            await wire.ReleaseAsync();
        }

        await using var next = Start(wire);
        await next.LineAsync("begins");
        Assert.Contains("resumed done", next.Seen);
        AssertAllResumed(next);
        await wire.ReleaseAsync();
        await next.GoAsync(1);
        await next.LineAsync("listed");
        await next.KillAsync();
    }

    private async Task KillAtAnyMomentAsync(HoldingProxy wire, Random random)
    {
        await using var killed = Start(wire);
        await killed.LineAsync("begins");
        AssertAllResumed(killed);
        var given = random.Next(2, 4);
        await killed.GoAsync(given);
        for (var heard = random.Next(given); heard > 0; heard--)
        {
            await killed.LineAsync("listed");
        }

        await killed.KillAsync();
    }

    private static void AssertAllResumed(AgentProcess agent) => Assert.All(
        agent.Seen.Where(static line => line.StartsWith("resumed", StringComparison.Ordinal)),
        static line => Assert.Equal("resumed done", line));

    private AgentProcess Start(HoldingProxy wire) => AgentProcess.Start(
        typeof(KilledAgentTests).Assembly.Location, _folder, wire.Address, _folder,
        Things.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
