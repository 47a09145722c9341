using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.TestSupport;

namespace Market.Grains.Tests.Hosting;

public sealed class PostgresSoleDutyTests
{
    private const long Lock = 77;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [FactWithPostgres]
    public async Task One_has_the_duty_and_another_takes_it_when_it_is_given_back()
    {
        using var database = PostgresServer.Shared.CreateDatabase();
        var first = Start(database);
        await HeldAsync(first);
        await using var second = Start(database);
        await using var ofAnotherCluster = PostgresSoleDuty.Start(ConnectionOf(database), Lock + 1, Ignore);
        await HeldAsync(ofAnotherCluster);
        Assert.True(first.IsHeld);
        Assert.False(second.IsHeld);

        await first.DisposeAsync();
        await HeldAsync(second);
        Assert.False(first.IsHeld);
    }

    [FactWithPostgres]
    public async Task Whose_session_ends_loses_the_duty_and_may_get_it_again()
    {
        using var database = PostgresServer.Shared.CreateDatabase();
        var reports = 0;
        await using var duty = PostgresSoleDuty.Start(
            ConnectionOf(database), Lock, (_, _) => Interlocked.Increment(ref reports));
        await HeldAsync(duty);

        database.Query("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = 77");
        await UntilAsync(() => Volatile.Read(ref reports) == 1);
        await HeldAsync(duty);
    }

    [FactWithPostgres]
    public async Task A_tell_leaves_only_from_whom_has_the_duty()
    {
        using var database = PostgresServer.Shared.CreateDatabase();
        await using var journal = new MemoryJournal();
        var witness = new Engines.Witness();
        await using var cluster = Tallies.Cluster(journal, witness);
        await using var duty = Start(database);
        await HeldAsync(duty);
        await using var other = Start(database);
        new TellsOnDuty(cluster, () => other).Tell(GrainId.Ledger, new Engines.Add(1));
        new TellsOnDuty(cluster, () => duty).Tell(GrainId.Ledger, new Engines.Add(2));
        await witness.WhenReceived(GrainId.Ledger, 1).WaitAsync(Patience);
        Assert.Equal(
            new Engines.Total(2),
            await new TellsOnDuty(cluster, () => other).AskAsync(GrainId.Ledger, new Engines.Read()));
    }

    private static PostgresSoleDuty Start(PostgresDatabase database) =>
        PostgresSoleDuty.Start(ConnectionOf(database), Lock, Ignore);

    private static string ConnectionOf(PostgresDatabase database) =>
        StoreAddress.Parse(database.Address).ConnectionString;

    private static void Ignore(string what, Exception? error)
    {
        // Losing the lock is what these tests are about.
    }

    private static Task HeldAsync(PostgresSoleDuty duty) =>
        duty.WaitAsync(CancellationToken.None).AsTask().WaitAsync(Patience);

    private static async Task UntilAsync(Func<bool> holds)
    {
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!holds())
        {
            Assert.True(Environment.TickCount64 < until, "It did not happen in time.");
            await Task.Yield();
        }
    }
}
