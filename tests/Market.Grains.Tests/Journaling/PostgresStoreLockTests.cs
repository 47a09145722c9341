using Market.Grains.Journaling;
using Market.TestSupport;

namespace Market.Grains.Tests.Journaling;

/// <summary>Who may have one database open: a server alone, or the silos of one cluster.</summary>
public sealed class PostgresStoreLockTests : IDisposable
{
    private readonly Lazy<PostgresDatabase> _database = new(static () => PostgresServer.Shared.CreateDatabase());

    private StoreAddress Address => StoreAddress.Parse(_database.Value.Address);

    public void Dispose()
    {
        if (_database.IsValueCreated)
        {
            _database.Value.Dispose();
        }
    }

    [FactWithPostgres]
    public async Task A_server_alone_keeps_every_other_out_and_is_named_to_them()
    {
        var held = await PostgresStoreLock.TakeAsync(Address, StoreUse.Alone);
        foreach (var use in (StoreUse[])[StoreUse.Alone, StoreUse.Cluster("blue")])
        {
            var error = await Assert.ThrowsAsync<StoreInUseException>(() => PostgresStoreLock.TakeAsync(Address, use));
            Assert.Contains($"market {Environment.ProcessId}@", error.Message, StringComparison.Ordinal);
            Assert.Contains("a server alone", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(PostgresServer.Shared.Password, error.Message, StringComparison.Ordinal);
        }

        await held.DisposeAsync();
        await (await PostgresStoreLock.TakeAsync(Address, StoreUse.Alone)).DisposeAsync();
    }

    [FactWithPostgres]
    public async Task The_silos_of_one_cluster_share_it_and_keep_others_out()
    {
        var first = await PostgresStoreLock.TakeAsync(Address, StoreUse.Cluster("blue"));
        var second = await PostgresStoreLock.TakeAsync(Address, StoreUse.Cluster("blue"));
        await first.DisposeAsync();
        foreach (var use in (StoreUse[])[StoreUse.Alone, StoreUse.Cluster("green")])
        {
            var error = await Assert.ThrowsAsync<StoreInUseException>(() => PostgresStoreLock.TakeAsync(Address, use));
            Assert.Contains("cluster blue", error.Message, StringComparison.Ordinal);
        }

        // Who was refused holds nothing that would keep out a third.
        await using var third = await PostgresStoreLock.TakeAsync(Address, StoreUse.Cluster("blue"));
        await second.DisposeAsync();
        Assert.False(third.Lost.IsCompleted);
    }

    [FactWithPostgres]
    public async Task A_lock_that_is_lost_with_its_connection_is_taken_again()
    {
        using var server = PostgresServer.Launch();
        using var database = server.CreateDatabase();
        var address = StoreAddress.Parse(database.Address);
        await using var held = await PostgresStoreLock.TakeAsync(address, StoreUse.Alone);
        server.StopImmediately();
        server.Start();
        await Eventually(() => database.Query(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted") == "1");
        await Assert.ThrowsAsync<StoreInUseException>(() => PostgresStoreLock.TakeAsync(address, StoreUse.Alone));
        Assert.False(held.Lost.IsCompleted);
    }

    private static async Task Eventually(Func<bool> isTrue)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!isTrue())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
