using Market.Domain.Tendering;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Testing.Hosting;

namespace Market.Grains.Tests.Tendering;

/// <summary>
/// A tender whose need has been bought is told so, also where the market ended between the last deal and the word of it
/// (INV-21).
/// </summary>
public sealed class FilledNeedTests
{
    private const int AcceptsDone = 18; // steps of the scenario, up to the deal that fills the need

    [Fact]
    public async Task A_tender_is_closed_after_a_restart_when_its_need_was_filled_before()
    {
        await using var journal = new MemoryJournal();
        var clock = new ManualClock();
        await using (var first = await StartAsync(journal, clock, watches: false))
        {
            foreach (var step in TenderScenario.Steps.Take(AcceptsDone))
            {
                await step(first);
                await first.SettleDownAsync();
            }

            Assert.Equal(TenderStatus.Revealed, await StatusAsync(first)); // nobody told it
        }

        await using var second = await StartAsync(journal, clock, watches: true);
        await second.SettleDownAsync();

        Assert.Equal(TenderStatus.Closed, await StatusAsync(second));
        var end = (await journal.ReadForwardAsync(0, 1_000))
            .Select(static row => new WireEventCodec().Decode(row.Body.Span)).OfType<TenderClosed>().Single();
        Assert.Equal(ClosingReason.NeedIsFilled, end.Reason);
    }

    private static Task<InProcessMarket> StartAsync(IJournal journal, ManualClock clock, bool watches) =>
        InProcessMarket.StartAsync(TenderScenario.Options with { Journal = journal, Clock = clock, Watches = watches });

    private static async Task<TenderStatus> StatusAsync(InProcessMarket market) =>
        Assert.IsType<TenderView>(await market.AskAsync(
            GrainId.Of(TenderScenario.Tender),
            new AskTender(TenderScenario.Buyer, new GetTender(TenderScenario.Tender)))).Status;
}
