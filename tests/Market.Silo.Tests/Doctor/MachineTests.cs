using System.Net;
using System.Net.Sockets;
using Market.Silo.Commands.Doctor;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Doctor;

/// <summary>Clock, limits, runtime and ports.</summary>
public sealed class MachineTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly ClockFacts Steady = new(Now, Now, Now, Now.AddDays(-30), TimeSpan.FromMilliseconds(1));
    private static readonly MachineFacts Good =
        new(20_000, 30_000, 8L << 30, 2, new Version(10, 0, 9), "Linux, X64");

    [Fact]
    public void A_steady_clock_after_everything_that_was_written_is_well() =>
        Assert.Equal(FindingLevel.Ok, Assert.Single(ClockCheck.Run(Steady)).Level);

    [Theory]
    [InlineData(5, nameof(FindingLevel.Ok))]
    [InlineData(6, nameof(FindingLevel.Warning))]
    [InlineData(301, nameof(FindingLevel.Problem))]
    public void A_clock_behind_what_was_written_is_worse_the_further_it_is(int seconds, string expected)
    {
        var later = Now.AddSeconds(seconds);
        Assert.Equal(expected, Assert.Single(ClockCheck.Run(Steady with { NewestFile = later })).Level.ToString());
        Assert.Equal(expected, Assert.Single(ClockCheck.Run(Steady with { LastEvent = later })).Level.ToString());
    }

    [Fact]
    public void A_clock_that_is_stepped_and_one_before_the_program_are_warnings()
    {
        var stepped = Assert.Single(ClockCheck.Run(Steady with { Drift = TimeSpan.FromMilliseconds(-60) }));
        Assert.Contains("steps the clock", stepped.Advice, StringComparison.Ordinal);
        var early = Assert.Single(ClockCheck.Run(Steady with { Program = Now.AddDays(2) }));
        Assert.Equal(FindingLevel.Warning, early.Level);
    }

    [Fact]
    public void A_machine_with_enough_of_everything_is_well()
    {
        Assert.All(LimitsCheck.Run(Good), static finding => Assert.Equal(FindingLevel.Ok, finding.Level));
        Assert.Equal(FindingLevel.Ok, Assert.Single(RuntimeCheck.Run(Good)).Level);
        Assert.All(
            LimitsCheck.Run(Good with { OpenFilesMax = null, ThreadsMax = null }),
            static finding => Assert.Equal(FindingLevel.Ok, finding.Level));
    }

    [Fact]
    public void Too_little_of_anything_is_found_with_advice()
    {
        AssertFound(FindingLevel.Warning, "ulimit -n", Good with { OpenFilesMax = 10_499 });
        AssertFound(FindingLevel.Problem, "ulimit -n", Good with { OpenFilesMax = 255 });
        AssertFound(FindingLevel.Warning, "1 GiB", Good with { MemoryBytes = (1L << 30) - 1 });
        AssertFound(FindingLevel.Problem, "1 GiB", Good with { MemoryBytes = (1L << 28) - 1 });
        AssertFound(FindingLevel.Problem, "ulimit -u", Good with { ThreadsMax = 63 });
        AssertFound(FindingLevel.Warning, "two", Good with { Processors = 1 });
    }

    [Fact]
    public void Another_runtime_than_the_one_that_the_market_is_made_for_is_a_warning() => Assert.Equal(
        FindingLevel.Warning, Assert.Single(RuntimeCheck.Run(Good with { Runtime = new Version(11, 0) })).Level);

    [Theory]
    [InlineData("Max open files            20000                524288               files     ", 20_000L)]
    [InlineData("Max open files            unlimited            unlimited            files     ", null)]
    [InlineData("Max processes             12                   12                   processes ", null)]
    public void The_soft_limit_is_read(string line, long? expected) =>
        Assert.Equal(expected, MachineFacts.SoftLimitIn([line], "Max open files"));

    [Fact]
    public async Task A_free_port_is_well_and_one_of_another_program_names_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endpoint = (IPEndPoint)listener.LocalEndpoint;
        var taken = await FindingAsync(endpoint, market: null);
        Assert.Equal(FindingLevel.Problem, taken.Level);
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains($"process {Environment.ProcessId}", taken.Text, StringComparison.Ordinal);
        }

        listener.Stop();
        Assert.Equal(FindingLevel.Ok, (await FindingAsync(endpoint, market: null)).Level);
    }

    [Fact]
    public async Task A_port_of_this_market_is_well_and_one_of_another_market_is_a_problem()
    {
        await using var market = await TestMarket.StartAsync();
        var endpoint = new IPEndPoint(IPAddress.Loopback, market.Host.Uri.Port);
        Assert.Equal(FindingLevel.Ok, (await FindingAsync(endpoint, market.Host.MarketId.ToString())).Level);
        var other = await FindingAsync(endpoint, "mkt_other");
        Assert.Equal(FindingLevel.Problem, other.Level);
        Assert.Contains("another market", other.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_the_machine_does_not_have_is_a_problem()
    {
        var finding = await FindingAsync(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0), market: null);
        Assert.Contains("no address", finding.Text, StringComparison.Ordinal);
    }

    private static async Task<DoctorFinding> FindingAsync(IPEndPoint endpoint, string? market) =>
        Assert.Single(await PortCheck.RunAsync(endpoint, isHttps: false, market, CancellationToken.None));

    private static void AssertFound(FindingLevel expected, string advice, MachineFacts facts)
    {
        var finding = Assert.Single(LimitsCheck.Run(facts), static one => one.Level != FindingLevel.Ok);
        Assert.Equal(expected, finding.Level);
        Assert.Contains(advice, finding.Advice, StringComparison.Ordinal);
    }
}
