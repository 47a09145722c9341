using Market.Domain;
using Market.Domain.Settling;
using Market.Grains.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Market.Silo.Tests.Audit;

/// <summary>A market without a network that publishes checkpoints of its book, and can be started again.</summary>
internal sealed class PublishingMarket(TestStore store, int every = 1_000)
{
    private long _commands;

    public string File => Path.Combine(store.Folder, "keys", "checkpoints.jsonl");

    public string[] Lines => System.IO.File.Exists(File) ? System.IO.File.ReadAllLines(File) : [];

    /// <summary>Starts, deposits some times, and stops.</summary>
    public async Task RunAsync(int deposits)
    {
        await using var engine = await OpenAsync();
        for (var i = 0; i < deposits; i++)
        {
            var id = new LedgerCommandId(Hash256.Of(BitConverter.GetBytes(++_commands)));
            var deposit = new Deposit(id, new PrincipalNumber(1), new Money(100, Currency.Usd));
            Assert.IsType<LedgerDone>(await engine.Cluster.AskAsync(GrainId.Ledger, deposit));
        }
    }

    public Task<MarketEngine> OpenAsync() => MarketEngine.OpenAsync(
        new MarketSiloOptions { DataFolder = store.Folder, CheckpointEvery = every }, NullLogger.Instance);
}
