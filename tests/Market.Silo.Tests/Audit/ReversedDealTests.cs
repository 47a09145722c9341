using Market.Domain;
using Market.Domain.Settling;
using Market.Grains.Hosting;
using Market.Silo.Commands.Audit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Market.Silo.Tests.Audit;

/// <summary>Deals taken back, as the audit sees them: at most each leg, and only the way back (INV-6).</summary>
public sealed class ReversedDealTests
{
    [Fact]
    public async Task A_deal_taken_back_in_parts_is_sound_and_shown_in_its_life()
    {
        using var store = await TestStore.CreateAsync();
        var booked = BookedIn(store);
        await ReverseAsync(store, booked, 1, part: 2);
        await ReverseAsync(store, booked, 2, part: 2);

        var report = OfflineAudit.Verify(store.Folder);

        Assert.Empty(report.Errors);
        var life = StoreLife(store, booked.Deal);
        Assert.Equal(2, life.Count(static line => line.Event == nameof(DealReversed)));
    }

    [Fact]
    public async Task More_taken_back_than_the_leg_is_found()
    {
        using var store = await TestStore.CreateAsync();
        await ReverseAsync(store, BookedIn(store), 1, part: 1);
        using var forger = new StoreForger(store);
        var reversed = forger.Find<DealReversed>().Event;
        var row = forger.AppendEntry(at => reversed with { At = at, Command = new LedgerCommandId(Hash256.Of([9])) });

        Assert.Contains(OfflineAudit.Verify(store.Folder).Errors, error =>
            error.Position == row.Position && error.What.Contains("what goes back of leg", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_way_back_than_the_deals_own_is_found()
    {
        using var store = await TestStore.CreateAsync();
        await ReverseAsync(store, BookedIn(store), 1, part: 2);
        using var forger = new StoreForger(store);
        var (row, reversed) = forger.Find<DealReversed>();
        var postings = reversed.Postings.ToArray();
        postings[0] = postings[0] with { Credit = postings[0].Debit, Debit = postings[0].Credit };
        forger.Replace(row, reversed with { Postings = postings.ToValueArray() });

        Assert.Contains(OfflineAudit.Verify(store.Folder).Errors, error =>
            error.Position == row.Position && error.What.Contains("the way back is", StringComparison.Ordinal));
    }

    private static DealBooked BookedIn(TestStore store)
    {
        using var forger = new StoreForger(store);
        return forger.Find<DealBooked>(skip: 1).Event; // without a request: what was filled stays filled
    }

    private static IReadOnlyList<RowLine> StoreLife(TestStore store, DealId deal) =>
        DealView.OfDeal(store.Folder, deal.ToString(), new AuditFindings());

    private static async Task ReverseAsync(TestStore store, DealBooked booked, byte number, int part)
    {
        var options = new MarketSiloOptions { DataFolder = store.Folder };
        await using var engine = await MarketEngine.OpenAsync(options, NullLogger.Instance);
        var amounts = booked.Postings.Select(posting => posting.Amount / part).ToValueArray();
        var answer = await engine.Cluster.AskAsync(
            GrainId.Ledger, new Reverse(new LedgerCommandId(Hash256.Of([number])), booked.Deal, amounts));
        Assert.IsType<LedgerDone>(answer);
    }
}
