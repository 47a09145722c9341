using System.Globalization;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Grains.Journaling;
using Market.Silo.Commands.Audit;

namespace Market.Silo.Tests.Audit;

/// <summary>
/// Every byte of every column of every row of a small store, and any of a larger one: the audit names the row (INV-14).
/// Rows that are there too often, or not any more, and files that end too early.
/// </summary>
public sealed class EveryByteTests
{
    private static readonly string[] Columns =
    [
        "stream", "version", "writer", "previous_writer", "due_at", "audience_first", "audience_second", "body", "hash",
    ];

    [Fact]
    public async Task Every_flipped_byte_of_a_small_store_names_its_row()
    {
        using var store = TestStore.Empty();
        await using (var market = await TestMarket.OpenAsync(store.Folder, Money.FromMajor(10, Currency.Usd)))
        {
            var buyer = await TestAgent.RegisterAsync(market, "alice", AgentRole.Buyer);
            await buyer.NeedAsync(quantity: 2);
        }

        using var forger = Fast(store);
        var rows = forger.Rows();
        Assert.InRange(rows.Count, 5, 8); // both kinds of streams, chained and not
        var flips = 0;
        foreach (var row in rows)
        {
            foreach (var column in Columns)
            {
                for (var place = 0; place < LengthOf(row, column); place++, flips++)
                {
                    Flip(store, forger, row, column, place, 0xFF);
                }
            }
        }

        Assert.InRange(flips, 1_000, 10_000);
        Assert.True(OfflineAudit.Verify(store.Folder).IsSound);
    }

    [Fact]
    public async Task Any_flipped_byte_of_a_larger_store_names_its_row()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = Fast(store);
        var rows = forger.Rows();
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < 400; i++)
        {
            var row = rows[random.Next(rows.Count)];
            var column = Columns[random.Next(Columns.Length)];
            var place = random.Next(LengthOf(row, column));
            Flip(store, forger, row, column, place, (byte)(1 << random.Next(8)), $" (seed {seed})");
        }

        Assert.True(OfflineAudit.Verify(store.Folder).IsSound);
    }

    [Fact]
    public async Task A_file_that_ends_too_early_is_found()
    {
        using var store = await TestStore.CreateAsync();
        var bytes = File.ReadAllBytes(store.Path);
        for (var kept = bytes.Length - 1; kept > 100; kept -= 4_093)
        {
            File.WriteAllBytes(store.Path, bytes[..kept]);
            try
            {
                Assert.False(OfflineAudit.Verify(store.Folder).IsSound, $"{kept} of {bytes.Length} bytes are left.");
            }
            catch (NotAuditableException error)
            {
                Assert.Contains(store.Path, error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_file_that_lacks_only_zeros_of_its_last_page_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using (var forger = new StoreForger(store))
        {
            forger.Execute("CREATE TABLE other (value BLOB)");
            forger.Execute("INSERT INTO other VALUES (zeroblob(16000))"); // pages that end in zeros
        }

        Assert.True(OfflineAudit.Verify(store.Folder).IsSound);
        var bytes = File.ReadAllBytes(store.Path);
        Assert.Equal(0, bytes[^1]);
        File.WriteAllBytes(store.Path, bytes[..^1]);

        Assert.False(OfflineAudit.Verify(store.Folder).IsSound);
    }

    [Fact]
    public async Task A_row_that_is_there_twice_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var rows = forger.Rows();
        var last = rows[^1].Position;
        forger.Execute("DROP INDEX event_by_stream");
        forger.Execute(
            "INSERT INTO event SELECT ?, stream, version, writer, previous_writer, due_at, audience_first, " +
            "audience_second, body, hash FROM event WHERE position = ?",
            last + 1, rows[^2].Position);

        var report = OfflineAudit.Verify(store.Folder);

        Assert.Contains(report.Errors, error => error.Position == last + 1);
    }

    [Fact]
    public async Task A_row_put_in_between_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var rows = forger.Rows();
        var after = rows[rows.Count / 2];
        forger.Execute("UPDATE event SET position = -position WHERE position > ?", after.Position);
        forger.Execute("UPDATE event SET position = 1 - position WHERE position < 0");
        forger.Execute(
            "INSERT INTO event SELECT ?, stream, version + 1000, writer, writer, due_at, audience_first, " +
            "audience_second, body, hash FROM event WHERE position = ?",
            after.Position + 1, after.Position);

        var first = OfflineAudit.Verify(store.Folder).Errors[0];

        Assert.Equal((after.Position + 1, after.Stream), (first.Position, first.Stream));
    }

    // What is durable does not matter here, and thousands of changes are made.
    private static StoreForger Fast(TestStore store)
    {
        var forger = new StoreForger(store);
        forger.Execute("PRAGMA synchronous = OFF");
        return forger;
    }

    private static int LengthOf(JournalRow row, string column) => column switch
    {
        "body" => row.Body.Length,
        "hash" => Hash256.Size,
        "audience_first" or "audience_second" => sizeof(int),
        _ => sizeof(long),
    };

    private static void Flip(
        TestStore store, StoreForger forger, JournalRow row, string column, int place, byte mask, string how = "")
    {
        var before = forger.Scalar($"SELECT {column} FROM event WHERE position = ?", row.Position);
        object after;
        if (before is byte[] bytes)
        {
            bytes = [.. bytes];
            bytes[place] ^= mask;
            after = bytes;
        }
        else
        {
            after = (before is long value ? value : 0) ^ unchecked((long)mask << (8 * place));
        }

        try
        {
            forger.Execute($"UPDATE event SET {column} = ? WHERE position = ?", after, row.Position);
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            return; // another row is there already: the store's own index does not let it happen
        }

        var report = OfflineAudit.Verify(store.Folder, verifySignatures: false);
        var what = string.Create(CultureInfo.InvariantCulture, $"byte {place} of {column} of row {row.Position}{how}");
        Assert.False(report.IsSound, what + " went unnoticed.");
        Assert.True(
            report.Errors.Any(error => error.Position == row.Position
                || (error.Stream == row.Stream && error.Version == row.Version)),
            $"{what} was reported as {report.Errors[0]}");
        forger.Execute($"UPDATE event SET {column} = ? WHERE position = ?", before, row.Position);
    }
}
