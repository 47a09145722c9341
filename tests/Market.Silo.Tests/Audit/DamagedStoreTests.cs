using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Grains.Journaling;
using Market.Silo.Commands.Audit;

namespace Market.Silo.Tests.Audit;

/// <summary>Bytes that changed after they were written: the audit names the row (INV-14, INV-17).</summary>
public sealed class DamagedStoreTests
{
    public static TheoryData<string> IntegerColumns =>
        ["stream", "version", "writer", "previous_writer", "due_at", "audience_first", "audience_second"];

    [Theory]
    [MemberData(nameof(IntegerColumns))]
    public async Task A_flipped_byte_of_a_number_names_its_row(string column)
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        foreach (var row in OneOfEachKind(forger))
        {
            var before = forger.Scalar($"SELECT {column} FROM event WHERE position = ?", row.Position);
            for (var place = 0; place < sizeof(long); place++)
            {
                var number = before is long value ? value : 0;
                forger.Execute(
                    $"UPDATE event SET {column} = ? WHERE position = ?", number ^ (0x80L << (8 * place)), row.Position);
                AssertFirstIs(row, Verify(store), $"byte {place} of {column}");
            }

            forger.Execute($"UPDATE event SET {column} = ? WHERE position = ?", before, row.Position);
        }

        Assert.True(OfflineAudit.Verify(store.Folder).IsSound);
    }

    [Fact]
    public async Task A_flipped_byte_of_a_body_names_its_row()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        foreach (var row in OneOfEachKind(forger))
        {
            AssertEveryFlipIsFound(store, forger, row, "body", row.Body.ToArray());
        }
    }

    [Fact]
    public async Task A_flipped_byte_of_a_hash_names_its_row()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        foreach (var row in OneOfEachKind(forger))
        {
            AssertEveryFlipIsFound(store, forger, row, "hash", row.Hash.ToArray());
        }
    }

    [Fact]
    public async Task A_changed_position_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var row = forger.Find<OfferMade>().Row;
        for (var place = 0; place < sizeof(long); place++)
        {
            var position = row.Position ^ (0x80L << (8 * place));
            forger.Execute("UPDATE event SET position = ? WHERE position = ?", position, row.Position);

            var report = OfflineAudit.Verify(store.Folder);

            Assert.Contains(report.Errors, error => error.Position == position && error.Stream == row.Stream);
            forger.Execute("UPDATE event SET position = ? WHERE position = ?", row.Position, position);
        }
    }

    [Fact]
    public async Task A_deleted_row_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var row = forger.Find<OfferMade>().Row;
        forger.Execute("DELETE FROM event WHERE position = ?", row.Position);

        var first = OfflineAudit.Verify(store.Folder).Errors[0];

        Assert.Equal(row.Position + 1, first.Position);
        Assert.Contains($"{row.Position} should follow", first.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_last_row_of_the_ledger_is_found_by_what_rests_on_it()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var settled = forger.Find<DealSettled>(skip: 3).Row;
        var booked = forger.Find<DealBooked>(skip: 3).Row;
        forger.Execute("DELETE FROM event WHERE stream = ? AND version >= ?", booked.Stream, booked.Version);
        Close(forger);

        var report = OfflineAudit.Verify(store.Folder);

        Assert.Contains(report.Errors, error =>
            error.Stream == settled.Stream && error.What.StartsWith(
                "No entry of the ledger", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lost_end_is_found_where_a_snapshot_or_a_projection_reaches_further()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var last = forger.Rows()[^1];
        forger.Execute("DELETE FROM event WHERE position = ?", last.Position);
        Assert.True(OfflineAudit.Verify(store.Folder).IsSound); // nothing in the store says that there was more

        forger.Execute(
            "INSERT INTO snapshot VALUES (?, ?, 1, ?, ?)", last.Stream, last.Version, new byte[32], new byte[1]);
        Assert.Equal(
            (last.Stream, last.Version),
            OfflineAudit.Verify(store.Folder).Errors.Select(static e => (e.Stream, e.Version)).Single());
        forger.Execute("DELETE FROM snapshot");

        forger.Execute("INSERT INTO projection VALUES ('catalogue', ?, ?)", last.Position, new byte[1]);
        Assert.Contains(
            "rows are missing", OfflineAudit.Verify(store.Folder).Errors.Single().What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Swapped_rows_are_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var made = forger.Find<OfferMade>().Row;
        var next = forger.Find<OfferMade>(skip: 1).Row;
        Assert.Equal(made.Stream, next.Stream);
        forger.Execute("UPDATE event SET position = -1 WHERE position = ?", made.Position);
        forger.Execute("UPDATE event SET position = ? WHERE position = ?", made.Position, next.Position);
        forger.Execute("UPDATE event SET position = ? WHERE position = -1", next.Position);
        Close(forger);

        AssertFirstIs(next with { Position = made.Position }, OfflineAudit.Verify(store.Folder), "the earlier of both");
    }

    [Fact]
    public async Task A_stream_under_another_name_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        foreach (var row in OneOfEachKind(forger))
        {
            var key = (byte[])forger.Scalar("SELECT key FROM stream WHERE number = ?", row.Stream)!;
            var other = (byte[])key.Clone();
            other[3] ^= 1;
            forger.Execute("UPDATE stream SET key = ? WHERE number = ?", other, row.Stream);

            Assert.Contains(OfflineAudit.Verify(store.Folder).Errors, error => error.Stream == row.Stream);

            forger.Execute("UPDATE stream SET key = ? WHERE number = ?", key, row.Stream);
        }
    }

    [Fact]
    public async Task A_store_under_another_market_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        forger.Execute("UPDATE meta SET value = ?", Guid.NewGuid().ToByteArray());

        var report = OfflineAudit.Verify(store.Folder);

        Assert.False(report.ChainVerified);
        Assert.Equal(forger.Find<LedgerEvent>().Row.Position, report.Errors[0].Position);
    }

    [Fact]
    public async Task A_flipped_byte_of_the_file_is_found_or_changes_nothing()
    {
        using var store = await TestStore.CreateAsync();
        var sound = AuditJson.Of(OfflineAudit.Verify(store.Folder));
        var bytes = File.ReadAllBytes(store.Path);
        var found = 0;
        for (var place = 18; place < bytes.Length; place += 397)
        {
            bytes[place] ^= 0x55;
            File.WriteAllBytes(store.Path, bytes);
            bytes[place] ^= 0x55;
            try
            {
                var report = OfflineAudit.Verify(store.Folder);
                found += report.IsSound ? 0 : 1;
                Assert.True(!report.IsSound || AuditJson.Of(report) == sound, $"Byte {place} went unnoticed.");
            }
            catch (NotAuditableException)
            {
                found++;
            }
        }

        Assert.InRange(found, 20, int.MaxValue);
    }

    private static void AssertEveryFlipIsFound(
        TestStore store, StoreForger forger, JournalRow row, string column, byte[] bytes)
    {
        for (var place = 0; place < bytes.Length; place++)
        {
            bytes[place] ^= 0x01;
            forger.Execute($"UPDATE event SET {column} = ? WHERE position = ?", bytes, row.Position);
            bytes[place] ^= 0x01;
            AssertFirstIs(row, Verify(store), $"byte {place} of {column}");
        }

        forger.Execute($"UPDATE event SET {column} = ? WHERE position = ?", bytes, row.Position);
    }

    // Thousands of times over, and the row's hash covers the signatures in it.
    private static AuditReport Verify(TestStore store) => OfflineAudit.Verify(store.Folder, verifySignatures: false);

    // The first error is of the row, by its position or, where that was changed, by stream and version.
    private static void AssertFirstIs(JournalRow row, AuditReport report, string flipped)
    {
        Assert.False(report.IsSound, $"{flipped} of row {row.Position} went unnoticed.");
        var first = report.Errors[0];
        Assert.True(
            first.Position == row.Position || (first.Stream == row.Stream && first.Version == row.Version),
            $"{flipped} of row {row.Position} was reported as {first}");
    }

    private static void Close(StoreForger forger)
    {
        var position = 0L;
        foreach (var row in forger.Rows())
        {
            forger.Execute("UPDATE event SET position = ? WHERE position = ?", ++position, row.Position);
        }
    }

    private static List<JournalRow> OneOfEachKind(StoreForger forger) =>
    [
        forger.Find<AgentRegistered>(skip: 1).Row,
        forger.Find<ListingAdded>().Row,
        forger.Find<LedgerCommandAnswered>().Row,
        forger.Find<OfferAccepted>().Row,
        forger.Find<DealBooked>(skip: 1).Row,
        forger.Find<DealSettled>().Row,
    ];
}
