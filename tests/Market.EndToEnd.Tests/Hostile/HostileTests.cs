using Market.Chaos.Hostile;

namespace Market.EndToEnd.Tests.Hostile;

/// <summary>
/// Hostile agents against a real server process: each attack is answered as it must be, and the server goes on to serve
/// honest ones within bounded memory. The long form, with what those notice of it, is `Market.Chaos -- hostile`.
/// </summary>
public sealed class HostileTests(AttackedMarket attacked) : IClassFixture<AttackedMarket>
{
    private const long MemoryMax = 700L * 1024 * 1024;

    public static TheoryData<string> Attacks => [.. Attack.All.Select(static attack => attack.Name)];

    internal static AttackSize Size { get; } = new(Connections: 500, Requests: 3_000, SlowSeconds: 5);

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task An_attack_is_answered_as_it_must_be_and_the_market_goes_on(string name)
    {
        var log = await AttackAsync(attacked.Market, name);

        Assert.Empty(log.Failures);
        Assert.NotEmpty(log.Answers);
        Assert.True(attacked.Market.IsRunning);
        Assert.InRange(attacked.Market.MemoryBytes, 1, MemoryMax);
        await using var honest = await HonestTraders.StartAsync(attacked.Market.Uri, pairs: 1);
        var (latencies, failed) = await honest.TradeAsync(TimeSpan.FromSeconds(1));
        Assert.NotEmpty(latencies);
        Assert.Equal(0, failed);
    }

    [Fact]
    public async Task A_market_that_was_attacked_ends_in_good_order_with_sound_books_and_plain_log_lines()
    {
        await using var market = await ServedMarket.StartAsync(Size);
        foreach (var name in (string[])["replay", "tamper", "equivocation", "terms", "forged-disclosure", "flood"])
        {
            Assert.Empty((await AttackAsync(market, name)).Failures);
        }

        var (exitCode, errors) = await market.StopAsync();
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain(errors, static c => c != '\n' && char.IsControl(c));
        Assert.True(await market.IsSoundAsync());
    }

    [Fact]
    public void Every_attack_has_a_name_of_its_own() =>
        Assert.Equal(Attack.All.Count, Attack.All.Select(static attack => attack.Name).Distinct().Count());

    private static async Task<AttackLog> AttackAsync(ServedMarket market, string name)
    {
        var log = new AttackLog();
        await Attack.All.First(attack => attack.Name == name).RunAsync(market.Uri, Size, log);
        return log;
    }
}

/// <summary>The one server that all attacks meet, one after the other.</summary>
public sealed class AttackedMarket : IAsyncLifetime
{
    internal ServedMarket Market { get; private set; } = null!;

    public async Task InitializeAsync() => Market = await ServedMarket.StartAsync(HostileTests.Size);

    public async Task DisposeAsync() => await Market.DisposeAsync();
}
