using System.Globalization;
using Market.Grains.Journaling;
using Market.TestSupport;

namespace Market.Grains.Tests.Journaling;

/// <summary>
/// A silo that is frozen in mid-append, taken for dead, and wakes: the compare and append alone keeps it out (F2).
/// </summary>
public sealed class PostgresZombieTests
{
    [FactWithPostgres]
    public async Task A_frozen_silo_stops_nobody_and_when_it_wakes_nothing_more_of_its_streams_is_acknowledged()
    {
        using var store = new PostgresStore();
        await using var journal = await store.OpenAsync();
        var grain = TestStream.NewGrain();
        using var zombie = OtherProcess.AppendToPostgres(store.Address.ConnectionString, grain.Key);
        for (var i = 0; i < 20; i++)
        {
            await zombie.ReadLineAsync(); // it appends and acknowledges as fast as it can
        }

        Signals.Stop(zombie.Id);
        TestStream successor;
        TestAppend first;
        do
        {
            // The server may still finish the one append that it had when the silo froze.
            successor = await TestStream.OpenAsync(journal, grain, writer: 99);
            first = successor.Append();
        }
        while (await first.Outcome != AppendOutcome.Appended);
        var taken = first.Row.Version;
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(AppendOutcome.Appended, await successor.Append().Outcome);
        }

        Signals.Continue(zombie.Id);
        var acknowledged = 0L;
        string line;
        while ((line = await zombie.ReadLineAsync()) != nameof(AppendOutcome.Conflict))
        {
            acknowledged = long.Parse(line, CultureInfo.InvariantCulture);
        }

        Assert.True(acknowledged < taken, $"It acknowledged version {acknowledged}; {taken} was another one's.");
        var rows = await journal.ReadStreamAsync(successor.Stream, 0, int.MaxValue);
        Assert.Equal(taken + 20, rows.Count);
        Assert.All(rows, row => Assert.Equal(row.Version >= taken ? 99 : 7, row.Writer));
    }
}
