using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Market.Benchmarks.Orleans;

/// <summary>Silos of the engine without a market: calls of a deal's size and number, and nothing else.</summary>
internal sealed class BareSilos : IAsyncDisposable
{
    private const int MessageBytes = 256; // about what an act has

    private readonly List<IHost> _hosts = [];

    /// <summary>Starts so many, in this process, with a membership in memory.</summary>
    public static async Task<BareSilos> StartAsync(IReadOnlyList<int> ports)
    {
        var silos = new BareSilos();
        var first = new IPEndPoint(IPAddress.Loopback, ports[0]);
        foreach (var port in ports)
        {
            var builder = Host.CreateEmptyApplicationBuilder(
                new HostApplicationBuilderSettings { DisableDefaults = true });
            builder.UseOrleans(silo =>
            {
                silo.UseDevelopmentClustering(first);
                silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("bare", "bare"));
                silo.Configure<EndpointOptions>(place =>
                {
                    place.AdvertisedIPAddress = IPAddress.Loopback;
                    place.SiloPort = port;
                    place.GatewayPort = 0;
                });
            });
            var host = builder.Build();
            silos._hosts.Add(host);
            await host.StartAsync();
        }

        await silos.WaitUntilAllAreInAsync();
        return silos;
    }

    /// <summary>
    /// Deals a second if a deal were nothing but its calls: those of its two agents to its negotiation, each from the
    /// silo that it is connected to, and those between the negotiation and the one ledger.
    /// </summary>
    public async Task<double> MeasureAsync(int asks, int tells, int callers, TimeSpan time)
    {
        var factories = _hosts.Select(host => host.Services.GetRequiredService<IGrainFactory>()).ToArray();
        var ledger = Guid.NewGuid();
        var counts = new long[callers];
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var buyers = factories[caller % factories.Length];
            var sellers = factories[caller / factories.Length % factories.Length];
            var message = new byte[MessageBytes];
            while (watch.Elapsed < time)
            {
                var id = Guid.NewGuid();
                var (ofBuyer, ofSeller) = (buyers.GetGrain<IBareGrain>(id), sellers.GetGrain<IBareGrain>(id));
                for (var i = 0; i < asks; i++)
                {
                    await (i % 2 == 0 ? ofBuyer : ofSeller).AskAsync(message, CancellationToken.None);
                }

                for (var i = 0; i < tells; i++)
                {
                    await (i % 2 == 0 ? buyers.GetGrain<IBareGrain>(ledger) : ofBuyer)
                        .AskAsync(message, CancellationToken.None);
                }

                counts[caller]++;
            }
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    // One that is not in yet for the others would fail calls, or be declared dead under load.
    private async Task WaitUntilAllAreInAsync()
    {
        foreach (var host in _hosts)
        {
            var silos = host.Services.GetRequiredService<ISiloStatusOracle>();
            while (silos.GetApproximateSiloStatuses(onlyActive: true).Count < _hosts.Count)
            {
                await Task.Delay(50);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Enumerable.Reverse(_hosts))
        {
            await host.StopAsync();
            host.Dispose();
        }
    }
}
