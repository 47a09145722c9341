using Market.Domain;
using Market.Silo.Commands.Audit;

namespace Market.Silo.Tests.Audit;

/// <summary>What an audit says of stores that nobody has touched.</summary>
public sealed class OfflineAuditTests
{
    [Fact]
    public async Task A_sound_store_verifies()
    {
        using var store = await TestStore.CreateAsync();

        var report = OfflineAudit.Verify(store.Folder);

        Assert.Empty(report.Errors);
        Assert.True(report.IsSound);
        Assert.True(report.ChainVerified);
        Assert.True(report.TrialBalanceZero);
        Assert.Equal([new TrialBalanceLine("USD", 0, true)], report.TrialBalance);
        Assert.Equal((5, 4, 1, 0), (report.Deals, report.DealsSettled, report.DealsFailed, report.InProgress));

        // Two under each negotiated deal, one under the purchase at the posted price; one receipt a settled deal.
        Assert.Equal(9, report.SignaturesVerified);
        Assert.Equal((4, 0), (report.ReceiptsVerified, report.ReceiptsUnchecked));
        Assert.Equal((0, 0), (report.Oversold, report.SettledTwice));
        using var forger = new StoreForger(store);
        Assert.Equal(forger.Rows().Count, report.Rows);
        Assert.Equal(forger.Scalar("SELECT count(*) FROM stream"), report.Streams);
    }

    [Fact]
    public async Task An_agreed_deal_without_an_answer_is_in_progress_and_no_error()
    {
        using var store = await TestStore.CreateAsync(static async (market, buyer, seller) =>
        {
            var listing = await seller.PublishAsync(9_900, stock: 1);
            var negotiation = await buyer.OpenAsync(listing, null, TestStore.Firm(500, 1));
            market.DeliversTells = false;
            await seller.AcceptAsync(negotiation, 1);
        });

        var report = OfflineAudit.Verify(store.Folder);

        Assert.Empty(report.Errors);
        Assert.Equal((6, 4, 1, 1), (report.Deals, report.DealsSettled, report.DealsFailed, report.InProgress));
    }

    [Fact]
    public async Task Receipts_whose_key_is_gone_are_counted_and_no_error()
    {
        using var store = await TestStore.CreateAsync();
        Directory.Delete(Path.Combine(store.Folder, "keys"), recursive: true);

        var report = OfflineAudit.Verify(store.Folder);

        Assert.Empty(report.Errors);
        Assert.Equal((0, 4), (report.ReceiptsVerified, report.ReceiptsUnchecked));
    }

    [Fact]
    public async Task Signatures_that_are_not_asked_for_are_not_claimed()
    {
        using var store = await TestStore.CreateAsync();

        var report = OfflineAudit.Verify(store.Folder, verifySignatures: false);

        Assert.Empty(report.Errors);
        Assert.Equal((0, 0, 4), (report.SignaturesVerified, report.ReceiptsVerified, report.ReceiptsUnchecked));
    }

    [Fact]
    public async Task A_store_is_verified_while_its_market_goes_on()
    {
        using var store = TestStore.Empty();
        await using var market = await TestMarket.OpenAsync(store.Folder, Money.FromMajor(10, Currency.Usd));
        await TestAgent.RegisterAsync(market, "alice", Domain.Enrolling.AgentRole.Buyer);

        Assert.True(OfflineAudit.Verify(store.Folder).IsSound);

        await TestAgent.RegisterAsync(market, "bob", Domain.Enrolling.AgentRole.Buyer);
    }

    [Fact]
    public async Task A_store_as_a_kill_leaves_it_is_verified_with_its_log_and_unchanged()
    {
        using var alive = TestStore.Empty();
        using var killed = TestStore.Empty();
        await using var market = await TestMarket.OpenAsync(alive.Folder, Money.FromMajor(10, Currency.Usd));
        await TestAgent.RegisterAsync(market, "alice", Domain.Enrolling.AgentRole.Buyer);
        await market.FlushAsync();
        File.Copy(alive.Path, killed.Path);
        File.Copy(alive.Path + "-wal", killed.Path + "-wal");
        var log = File.ReadAllBytes(killed.Path + "-wal");

        Assert.Equal((3, 0), (OfflineAudit.Verify(killed.Folder).Rows, OfflineAudit.Verify(killed.Folder).ErrorCount));
        Assert.Equal(log, File.ReadAllBytes(killed.Path + "-wal"));
    }

    [Fact]
    public async Task An_audit_leaves_the_folder_as_it_was()
    {
        using var store = await TestStore.CreateAsync();
        var before = Snapshot(store);

        OfflineAudit.Verify(store.Folder);

        Assert.Equal(before, Snapshot(store));
    }

    private static List<string> Snapshot(TestStore store) =>
    [
        .. Directory.EnumerateFiles(store.Folder, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(static file => $"{file} {Hash256.Of(File.ReadAllBytes(file))} {File.GetLastWriteTimeUtc(file):O}"),
    ];
}
