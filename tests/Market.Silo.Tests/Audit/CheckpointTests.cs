using Market.Domain.Settling;
using Market.Grains.Hosting;
using Market.Silo.Checkpoints;
using Market.Silo.Commands.Audit;

namespace Market.Silo.Tests.Audit;

/// <summary>
/// What is published of a book outside its store: what it proves of the store later (INV-14), and that an old copy is
/// found (F9).
/// </summary>
public sealed class CheckpointTests
{
    [Fact]
    public async Task A_market_that_stops_has_published_its_whole_book()
    {
        using var store = TestStore.Empty();
        var market = new PublishingMarket(store);
        await market.RunAsync(deposits: 3);

        var report = OfflineAudit.Verify(store.Folder);

        Assert.Empty(report.Errors);
        Assert.Single(market.Lines);
        Assert.Equal((1, 3, 4), (report.CheckpointsContained, report.CheckpointedUpTo, report.Entries));
    }

    [Fact]
    public async Task Checkpoints_come_as_the_book_grows_and_each_contains_those_before()
    {
        using var store = TestStore.Empty();
        var market = new PublishingMarket(store, every: 5);
        await market.RunAsync(deposits: 23);
        await market.RunAsync(deposits: 23);

        var report = OfflineAudit.Verify(store.Folder);

        Assert.Empty(report.Errors);
        Assert.InRange(market.Lines.Length, 4, 14);
        Assert.Equal(market.Lines.Length, report.CheckpointsContained);
        Assert.Equal(report.Entries - 1, report.CheckpointedUpTo);
    }

    [Fact]
    public async Task A_market_in_which_nothing_happened_publishes_nothing_more()
    {
        using var store = TestStore.Empty();
        var market = new PublishingMarket(store);
        await market.RunAsync(deposits: 2);
        await market.RunAsync(deposits: 0);
        await market.RunAsync(deposits: 0);

        Assert.Single(market.Lines);
        Assert.Equal(3, OfflineAudit.Verify(store.Folder).Entries);
    }

    [Fact]
    public async Task A_store_that_was_put_back_to_an_old_copy_is_refused_and_named()
    {
        using var store = TestStore.Empty();
        var market = new PublishingMarket(store);
        await market.RunAsync(deposits: 2);
        var old = File.ReadAllBytes(store.Path);
        await market.RunAsync(deposits: 5);
        File.WriteAllBytes(store.Path, old);

        var error = await Assert.ThrowsAsync<CheckpointException>(() => market.OpenAsync());
        var report = OfflineAudit.Verify(store.Folder);

        Assert.Contains(
            "the book ends at entry 3 and was published up to entry 8", error.Message, StringComparison.Ordinal);
        Assert.Equal(old, File.ReadAllBytes(store.Path));
        Assert.Contains("the store is an old copy", Assert.Single(report.Errors).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_that_was_written_anew_with_fitting_hashes_is_refused_and_named()
    {
        using var store = TestStore.Empty();
        var market = new PublishingMarket(store);
        await market.RunAsync(deposits: 4);
        using (var forger = new StoreForger(store))
        {
            var (row, posted) = forger.Find<TransfersPosted>(skip: 1);
            var posting = posted.Postings[0] with { Amount = 1 };
            forger.Replace(row, posted with { Postings = [posting] });
            var checkpoint = forger.Find<CheckpointExported>();
            var head = forger.Find<TransfersPosted>(skip: 3).Row.Hash;
            forger.Replace(checkpoint.Row, checkpoint.Event with { Head = head });
        }

        var error = await Assert.ThrowsAsync<CheckpointException>(() => market.OpenAsync());
        var report = OfflineAudit.Verify(store.Folder);

        Assert.Contains("the history was written anew", error.Message, StringComparison.Ordinal);
        Assert.True(report.ChainVerified);
        var found = Assert.Single(report.Errors);
        Assert.Equal(4, found.Version);
        Assert.Contains("the history was written anew", found.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removed_last_entry_is_found_by_what_was_published()
    {
        using var store = TestStore.Empty();
        var market = new PublishingMarket(store);
        await market.RunAsync(deposits: 4);
        using (var forger = new StoreForger(store))
        {
            forger.Execute("DELETE FROM event WHERE version >= 4");
            forger.Execute("DELETE FROM snapshot");
            forger.Execute("DELETE FROM projection");
        }

        Assert.Contains(
            "entries were removed", OfflineAudit.Verify(store.Folder).Errors.Single().What, StringComparison.Ordinal);
        File.Delete(market.File);
        Assert.True(OfflineAudit.Verify(store.Folder).IsSound, "without what was published nobody can know");
    }

    [Theory]
    [InlineData("\"entry\":4", "\"entry\":3", "was published with")]
    [InlineData("\"kid\":\"", "\"kid\":\"x", null)]
    [InlineData("\"at\":6", "\"at\":5", "is not the market's")]
    [InlineData("\"form\":\"market", "\"form\":\"other", "is no checkpoint")]
    [InlineData("{", "", "is no checkpoint")]
    public async Task A_line_that_was_changed_is_found(string from, string to, string? refused)
    {
        using var store = TestStore.Empty();
        var market = new PublishingMarket(store);
        await market.RunAsync(deposits: 4);
        var text = File.ReadAllText(market.File);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(market.File, text.Replace(from, to, StringComparison.Ordinal));

        if (refused is null)
        {
            await market.RunAsync(deposits: 0); // its key may be an old one, and what it says is so
            return;
        }

        var error = await Assert.ThrowsAsync<CheckpointException>(() => market.OpenAsync());
        Assert.Contains(refused, error.Message, StringComparison.Ordinal);
        Assert.False(OfflineAudit.Verify(store.Folder).IsSound);
    }

    [Fact]
    public async Task A_line_that_was_being_written_at_a_kill_was_never_published()
    {
        using var store = TestStore.Empty();
        var market = new PublishingMarket(store);
        await market.RunAsync(deposits: 1);
        File.AppendAllText(market.File, """{"form":"market.check""");
        Assert.True(OfflineAudit.Verify(store.Folder).IsSound);

        await market.RunAsync(deposits: 1);

        Assert.Equal(2, market.Lines.Length);
        Assert.True(OfflineAudit.Verify(store.Folder).IsSound);
    }

    [Fact]
    public async Task Checkpoints_of_another_market_are_refused()
    {
        using var store = TestStore.Empty();
        using var other = TestStore.Empty();
        var market = new PublishingMarket(store);
        var stranger = new PublishingMarket(other);
        await market.RunAsync(deposits: 1);
        await stranger.RunAsync(deposits: 1);
        File.Copy(stranger.File, market.File, overwrite: true);

        var error = await Assert.ThrowsAsync<CheckpointException>(() => market.OpenAsync());

        Assert.Contains("the store is", error.Message, StringComparison.Ordinal);
        Assert.False(OfflineAudit.Verify(store.Folder).IsSound);
    }

    [Fact]
    public async Task An_entry_that_pins_a_head_that_never_was_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var row = forger.AppendEntry(at => new CheckpointExported(at, new EntryNumber(1), Domain.Hash256.Of([7])));

        var report = OfflineAudit.Verify(store.Folder);

        Assert.Contains(report.Errors, error =>
            error.Position == row.Position && error.What.StartsWith("It says that entry 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_checkpoint_ahead_of_the_book_or_of_nothing_is_refused()
    {
        using var store = TestStore.Empty();
        var market = new PublishingMarket(store);
        await using var engine = await market.OpenAsync();

        var nothing = await engine.Cluster.AskAsync(GrainId.Ledger, new ExportCheckpoint(default));
        var ahead = await engine.Cluster.AskAsync(GrainId.Ledger, new ExportCheckpoint(new EntryNumber(5)));

        Assert.Equal(LedgerRefusal.NothingToCheckpoint, Assert.IsType<LedgerRefused>(nothing).Reason);
        Assert.Equal(LedgerRefusal.CheckpointIsAheadOfBook, Assert.IsType<LedgerRefused>(ahead).Reason);
    }
}
