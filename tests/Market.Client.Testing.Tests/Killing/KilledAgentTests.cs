using Xunit.Abstractions;

namespace Market.Client.Testing.Tests.Killing;

/// <summary>An agent's process is killed between sending and answer, again and again; what it sends counts once.</summary>
public sealed class KilledAgentTests(ITestOutputHelper output) : IDisposable
{
    private const int Things = 40;
    private const int Kills = 6;
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
            await using var killed = Start(wire);
            await killed.LineAsync("begins");
            for (var listed = random.Next(1, 4); listed > 0; listed--)
            {
                await killed.LineAsync("listed");
            }

            await wire.HoldAsync();
            await killed.KillAsync();

            // What it sent arrives before its successor has asked, or long after.
            var isEarly = random.Next(2) == 0;
            if (isEarly)
            {
                await wire.ReleaseAsync();
            }

            await using var next = Start(wire);
            await next.LineAsync("begins");
            Assert.Contains("resumed done", next.Seen);
            Assert.DoesNotContain(next.Seen, line => line.StartsWith("resumed", StringComparison.Ordinal)
                && line != "resumed done");
            await next.LineAsync("listed");
            await wire.ReleaseAsync();
            await next.KillAsync();
        }

        await using var last = Start(wire);
        await last.LineAsync("all");
        Assert.Equal(0, await last.ExitAsync());

        await using var buyer = await server.ConnectBuyerAsync();
        var titles = await buyer.SearchAsync(new ListingQuery { Category = "killed" })
            .Select(static listing => listing.Draft.Title).ToListAsync();
        Assert.Equal(
            Enumerable.Range(0, Things).Select(static number => $"thing {number}").Order(StringComparer.Ordinal),
            titles.Order(StringComparer.Ordinal));
    }

    private AgentProcess Start(HoldingProxy wire) => AgentProcess.Start(
        typeof(KilledAgentTests).Assembly.Location, _folder, wire.Address, _folder,
        Things.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
