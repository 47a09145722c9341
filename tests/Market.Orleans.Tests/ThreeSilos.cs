using System.Net;
using Market.Client;
using Market.Domain;
using Market.Grains.Journaling;
using Market.Silo;
using Market.Silo.Clustering;
using Market.TestSupport;

namespace Market.Orleans.Tests;

/// <summary>Whole servers in one process: silos of one cluster over one database, with one folder of keys.</summary>
internal sealed class ThreeSilos : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("market-silos-").FullName;
    private readonly PostgresDatabase _database = PostgresServer.Shared.CreateDatabase();

    public List<MarketHost> Hosts { get; } = [];

    public PostgresDatabase Database => _database;

    public string ConnectionString => StoreAddress.Parse(_database.Address).ConnectionString;

    public static async Task<ThreeSilos> StartAsync(int count = 3)
    {
        var silos = new ThreeSilos();
        for (var i = 0; i < count; i++)
        {
            await silos.AddAsync();
        }

        return silos;
    }

    public async Task<MarketHost> AddAsync()
    {
        var store = StoreAddress.Parse(_database.Address);
        var host = await MarketHost.StartAsync(new MarketSiloOptions
        {
            DataFolder = _folder,
            Endpoints = MarketSiloOptions.AnyLoopbackPort,
            StartingBalance = new Money(1_000_00, Currency.Usd),
            Store = store,
            Cluster = new ClusterMember("test", store.ConnectionString)
            {
                Silo = new IPEndPoint(IPAddress.Loopback, FreePorts.Next()),
                GatewayPort = 0,
            },
        });
        Hosts.Add(host);
        return host;
    }

    public async Task StopAsync(int index)
    {
        await Hosts[index].DisposeAsync();
        Hosts.RemoveAt(index);
    }

    public static async Task<MarketClient> ConnectAsync(MarketHost host, AgentKey key) =>
        await MarketClient.ConnectAsync(host.Uri, key, new MarketClientOptions());

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Hosts)
        {
            await host.DisposeAsync();
        }

        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
