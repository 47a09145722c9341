using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Grains.Hosting;
using Market.Grains.Tests.Grains;
using Market.Testing;
using Market.Testing.Faults;
using Market.Testing.Hosting;
using DealSettled = Market.Domain.Negotiating.DealSettled;

namespace Market.Grains.Tests.Faults;

/// <summary>
/// Negotiations over the last unit of a listing, acted in through two markets over one journal whose storage fails:
/// each ends, one deal at most is settled, and the book and the negotiations agree on which (INV-7, INV-10, INV-17).
/// </summary>
public sealed class NegotiationRaceTests
{
    private const int Seeds = 15;
    private const int Negotiations = 4;

    private static readonly StorageFault[] Faults =
        [StorageFault.FailBefore, StorageFault.UnknownBefore, StorageFault.UnknownAfter, StorageFault.Conflict];

    private readonly Sometimes _sometimes = new(
        "settled", "failed", "withdrawn or expired", "countered", "an unknown outcome");

    [Fact]
    public async Task Every_negotiation_ends_once_and_the_book_knows_the_same_end()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            await using var run = new MarketUnderFaults(seed, marketsMax: 2);
            var random = new Random(seed);
            await Trade.PublishAsync(await run.StartAsync(FaultPlan.None));
            await run.StartAsync(FaultPlan.None);
            for (var i = 1; i <= Negotiations; i++)
            {
                await run.History.AskAsync(run.Pick(), GrainMessages.Opening(i));
            }

            foreach (var (place, (_, journal)) in run.Markets.Index())
            {
                journal.Plan = FaultPlan.Random(seed + place, 0.2, Faults);
            }

            await RaceAsync(run, random);
            var market = await run.HealAsync();
            await market.AdvanceAsync(TimeSpan.FromMinutes(15));
            await AssertEndedAsync(run, market, $"seed {seed}");
        }

        _sometimes.RequireAll();
    }

    private static async Task RaceAsync(MarketUnderFaults run, Random random)
    {
        for (var round = 0; round < 3; round++)
        {
            for (var i = 1; i <= Negotiations; i++)
            {
                foreach (var act in await ActsAsync(run, i))
                {
                    if (random.Next(2) == 0)
                    {
                        run.Leave(run.History.AskAsync(run.Pick(), act));
                    }
                }
            }

            await run.CatchUpAsync();
        }
    }

    /// <summary>The seller's accept, twice, its counteroffer, and the buyer's withdrawal; none where nothing stands.</summary>
    private static async Task<IReadOnlyList<PerformAct>> ActsAsync(MarketUnderFaults run, int number)
    {
        var negotiation = GrainMessages.Opening(number).Negotiation;
        object answer;
        try
        {
            answer = await run.Pick().AskAsync(GrainId.Of(negotiation), new GetStandingOffer(Some.SellerAgent));
        }
        catch (OutcomeUnknownException)
        {
            return []; // this market could not load it
        }

        if (answer is not StandingOffer { Offer: { } offer })
        {
            return [];
        }

        var accept = new AcceptOffer(Some.Message(9, Some.Noon), negotiation, 1, offer.Number, offer.Hash);
        var again = new AcceptOffer(Some.Message(10, Some.Noon), negotiation, 1, offer.Number, offer.Hash);
        var counter = new MakeOffer(Some.Message(12, Some.Noon), negotiation, 1, Some.Offer(90_00));
        var withdraw = new WithdrawOffer(Some.Message(11, Some.Noon), negotiation, 1, offer.Number);
        return
        [
            new PerformAct(Some.SellerAgent, accept, Some.Digest(9), null, default),
            new PerformAct(Some.SellerAgent, again, Some.Digest(10), null, default),
            new PerformAct(Some.BuyerAgent, withdraw, Some.Digest(11), null, default),
            new PerformAct(Some.SellerAgent, counter, Some.Digest(12), null, default),
        ];
    }

    private async Task AssertEndedAsync(MarketUnderFaults run, InProcessMarket market, string where)
    {
        Assert.Equal([], await run.History.FindViolationsAsync(market));
        var entries = (await market.ReplayLedgerAsync()).Entries;
        var booked = entries.OfType<DealBooked>().Select(entry => entry.Negotiation).ToList();
        var refused = entries.OfType<DealRefused>().Select(entry => entry.Negotiation).ToList();
        Assert.True(booked.Count <= 1, $"{where}: one unit was sold {booked.Count} times.");
        _sometimes.Reached("an unknown outcome", run.History.Answers.Any(a => a.Outcome == ClientOutcome.Unknown));
        for (var i = 1; i <= Negotiations; i++)
        {
            var id = GrainMessages.Opening(i).Negotiation;
            var events = await market.ReadNegotiationAsync(id);
            var isAgreed = events.Any(e => e is OfferAccepted);
            Assert.Equal(isAgreed ? 1 : 0, events.Count(e => e is DealSettled or DealNotSettled));
            Assert.Equal(events.Count(e => e is DealSettled), booked.Count(negotiation => negotiation == id));
            Assert.Equal(events.Count(e => e is DealNotSettled), refused.Count(negotiation => negotiation == id));
            _sometimes.Reached("settled", events.Any(e => e is DealSettled));
            _sometimes.Reached("failed", events.Any(e => e is DealNotSettled));
            _sometimes.Reached("countered", events.Any(e => e is OfferMade));
            _sometimes.Reached("withdrawn or expired", events.Any(e => e is OfferWithdrawn or NegotiationExpired));
        }
    }
}
