using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>
/// The process that opens negotiations in a data folder, says so, and waits to be killed: nothing is closed in good
/// order.
/// </summary>
internal static class IdleFill
{
    public const string Ready = "filled";

    public static async Task<int> MainAsync(string folder, int count)
    {
        var journal = await SqliteJournal.OpenAsync(new() { DataFolder = folder });
        var market = await BenchMarket.StartAsync(journal, TimeProvider.System, signsReceipts: false);
        await OpenAsync(market, count);
        Console.WriteLine(Ready);
        await Task.Delay(Timeout.InfiniteTimeSpan);
        return 0;
    }

    /// <summary>Opens negotiations, each with a first offer, and returns their grains.</summary>
    public static async Task<GrainId[]> OpenAsync(BenchMarket market, int count)
    {
        const int callers = 256;
        var scripts = new DealScripts(market, signed: false);
        var grains = new GrainId[count];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            int place;
            while ((place = Interlocked.Increment(ref next)) < count)
            {
                var open = scripts.Opening(place);
                grains[place] = GrainId.Of(open.Negotiation);
                await market.Cluster.AskAsync(grains[place], open);
            }
        })));
        return grains;
    }
}
