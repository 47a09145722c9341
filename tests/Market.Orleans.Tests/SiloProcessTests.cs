using System.Globalization;
using Market.Chaos.Killing;
using Market.Client;
using Market.Domain.Enrolling;
using Market.Grains.Journaling;
using Market.Silo.Clustering;
using Market.TestSupport;

namespace Market.Orleans.Tests;

/// <summary>Silos as their operator meets them: processes, with an exit code and lines on standard error.</summary>
public sealed class SiloProcessTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("market-silo-").FullName;
    private readonly List<ServeProcess> _running = [];
    private PostgresDatabase? _database;

    private string ConnectionString => StoreAddress.Parse(_database!.Address).ConnectionString;

    public Task InitializeAsync()
    {
        _database = PostgresBinaries.MissingReason is null ? PostgresServer.Shared.CreateDatabase() : null;
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var silo in _running)
        {
            await silo.DisposeAsync();
        }

        _database?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [TheoryWithPostgres]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_silo_whose_port_is_taken_says_so_in_one_line_and_the_one_there_goes_on(bool isSiloPort)
    {
        var (port, gateway) = (FreePort.Find(), FreePort.Find());
        var (first, _) = Start(port, gateway);
        Assert.True(await Eventually.DoneAsync("the first silo is ready", first.Ready));

        var (second, _) = isSiloPort ? Start(port, 0) : Start(FreePort.Find(), gateway);
        var (exitCode, errors) = await second.ExitAsync();

        Assert.Equal(1, exitCode);
        Assert.DoesNotContain('\n', errors);
        var taken = (isSiloPort ? port : gateway).ToString(CultureInfo.InvariantCulture);
        Assert.Contains($"cannot listen on 127.0.0.1:{taken}", errors, StringComparison.Ordinal);
        Assert.Contains(
            $"choose another {(isSiloPort ? "--silo-port" : "--gateway-port")}", errors, StringComparison.Ordinal);
        Assert.False(first.HasExited);
        Assert.Equal("active", Assert.Single(await ClusterStatus.ReadAsync(ConnectionString, "test")).State);
    }

    [FactWithPostgres]
    public async Task A_frozen_silo_is_fenced_with_its_death_and_ends_in_one_line_when_it_wakes()
    {
        var (survivor, gateway) = Start(FreePort.Find(), 0);
        Assert.True(await Eventually.DoneAsync("the first silo is ready", survivor.Ready));
        var (victim, _) = Start(FreePort.Find(), 0);
        Assert.True(await Eventually.DoneAsync("the second silo is ready", victim.Ready));
        Assert.Equal(Members(), Permits());
        Assert.Equal(2, Permits().Length);

        using var key = AgentKey.Create();
        using var next = AgentKey.Create();
        await using var agent = await MarketClient.ConnectAsync(gateway, key, new MarketClientOptions());
        await agent.RegisterSellerAsync("seller", "seller", new Disclosure("Tests", "scripted", "1"));
        Assert.True((await agent.RotateKeyAsync(next)).IsLive);

        // Connected before: a handshake reads the agent's grain, and that may be on the silo that freezes.
        await using var renewed = await MarketClient.ConnectAsync(gateway, next, new MarketClientOptions());

        // Nothing is revoked while the frozen silo could still append, and afterwards it is without a further word.
        await victim.SignalAsync("STOP");
        var revoked = renewed.RevokeKeyAsync(key.Thumbprint, KeyRevocationReason.Compromised);
        await Eventually.TrueAsync("the frozen silo is declared dead", async () =>
            (await ClusterStatus.ReadAsync(ConnectionString, "test")).Any(static silo => silo.State == "dead"));
        Assert.Single(Permits());
        Assert.False((await Eventually.DoneAsync("the key is revoked", revoked)).IsLive);

        await victim.SignalAsync("CONT");
        var (exitCode, errors) = await victim.ExitAsync();
        Assert.Equal(1, exitCode);
        var last = errors.Split('\n').Count(
            static line => line.StartsWith("market: This server must end: ", StringComparison.Ordinal));
        Assert.True(last == 1 && !errors.Contains("   at ", StringComparison.Ordinal), errors);
        Assert.False(survivor.HasExited);
        Assert.Single(Permits());
    }

    // What the membership calls the silos that are not dead, and under which names they can append.
    private string[] Members() => _database!.Query(
        "SELECT address || ':' || port || '@' || generation FROM cluster_silo WHERE status <> 6 ORDER BY 1")
        .Split('\n');

    private string[] Permits() =>
        _database!.Query("SELECT silo FROM market.permit ORDER BY 1").Split('\n');

    private (ServeProcess Silo, Uri Gateway) Start(int siloPort, int gatewayPort)
    {
        var port = FreePort.Find();
        var silo = ServeProcess.Start(
            new StorePlace(_folder, _database!.Address), port,
            "--engine", "orleans", "--cluster", "test", "--silo-port", $"{siloPort}", "--gateway-port",
            $"{gatewayPort}");
        _running.Add(silo);
        return (silo, ServeProcess.UriOf(port));
    }
}
