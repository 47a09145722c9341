using Market.Chaos.Hostile;

namespace Market.EndToEnd.Tests.Hostile;

/// <summary>
/// Hostile agents against a real server process: each attack is answered as it must be, and when all is over the server
/// serves, ends in good order, and has said nothing that could forge a log line. The long form, with what honest agents
/// notice of it, is `Market.Chaos -- hostile`.
/// </summary>
public sealed class HostileTests : IAsyncLifetime
{
    private const long MemoryMax = 700L * 1024 * 1024;

    private ServedMarket _market = null!;

    private static AttackSize Size { get; } = new(Connections: 500, Requests: 3_000, SlowSeconds: 10);

    public static TheoryData<string> Attacks => [.. Attack.All.Select(static attack => attack.Name)];

    public async Task InitializeAsync() => _market = await ServedMarket.StartAsync();

    public async Task DisposeAsync() => await _market.DisposeAsync();

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task An_attack_is_answered_as_it_must_be_and_the_market_goes_on(string name)
    {
        var log = new AttackLog();
        await Attack.All.First(attack => attack.Name == name).RunAsync(_market.Uri, Size, log);

        Assert.Empty(log.Failures);
        Assert.NotEmpty(log.Answers);
        Assert.True(_market.IsRunning);
        Assert.InRange(_market.MemoryBytes, 1, MemoryMax);
        await using (var honest = await HonestTraders.StartAsync(_market.Uri, pairs: 1))
        {
            var (latencies, failed) = await honest.TradeAsync(TimeSpan.FromSeconds(1));
            Assert.NotEmpty(latencies);
            Assert.Equal(0, failed);
        }

        var (exitCode, errors) = await _market.StopAsync();
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain(errors, static c => c != '\n' && char.IsControl(c));
        Assert.True(await _market.IsSoundAsync());
    }

    [Fact]
    public void Every_attack_has_a_name_of_its_own() =>
        Assert.Equal(Attack.All.Count, Attack.All.Select(static attack => attack.Name).Distinct().Count());
}
