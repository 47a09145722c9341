using System.Globalization;
using Market.Client.Pending;
using Market.Domain.Enrolling;

namespace Market.Client.Testing.Tests.Killing;

/// <summary>
/// An agent that lists numbered things, each once, several at a time, one for each line on its standard input, and
/// tells each step on its standard output. Killed at any moment and started again, it first asks what became of what it
/// had sent, then looks what it has, and lists what is missing.
/// </summary>
internal static class KilledSeller
{
    private const int AtOnce = 4;

    /// <summary>Its arguments: the market's address, its folder, how many things.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var address, var folder, var count])
        {
            return 2;
        }

        using var key = AgentKey.LoadOrCreate(Path.Combine(folder, "seller.key"));
        await using var market = await MarketClient.ConnectAsync(new Uri(address), key, new MarketClientOptions
        {
            PendingCommands = new FilePendingCommands(Path.Combine(folder, "seller.pending")),
        });
        await market.RegisterSellerAsync("killed", "killed", new Disclosure("the tests", "a script", "1"));
        await foreach (var resumed in market.ResumePendingAsync())
        {
            Say($"resumed {(resumed.IsDone ? "done" : resumed.Code)}");
        }

        var listed = await market.SearchAsync(new ListingQuery { Category = "killed" })
            .Select(static listing => listing.Draft.Title).ToHashSetAsync();
        Say($"begins with {listed.Count}");
        var missing = Enumerable.Range(0, int.Parse(count, CultureInfo.InvariantCulture))
            .Select(static number => $"thing {number}").Where(title => !listed.Contains(title));
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = AtOnce };
        await Parallel.ForEachAsync(missing, atOnce, async (title, stop) =>
        {
            await Console.In.ReadLineAsync(stop);
            await market.PublishListingAsync(Wares.EspressoMachine with { Title = title, Category = "killed" }, stop);
            Say($"listed {title}");
        });
        Say("all");
        return 0;
    }

    private static void Say(string step)
    {
        lock (Console.Out)
        {
            Console.WriteLine(step);
        }
    }
}
