using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Domain.Tests.Negotiating;

/// <summary>
/// Many acts made upon the same sight of the same offer, arriving in every order: exactly one of them happens, and the
/// others learn which kind of thing came before them.
/// </summary>
public sealed class AcceptRaceTests
{
    private static readonly Dictionary<Type, NegotiationRefusal[]> Told = new()
    {
        [typeof(OfferAccepted)] = [NegotiationRefusal.OfferAlreadyAccepted],
        [typeof(NegotiationRejected)] = [NegotiationRefusal.NegotiationHasEnded],
        [typeof(OfferWithdrawn)] = [NegotiationRefusal.OfferNotStanding, NegotiationRefusal.SeqIsStale],
        [typeof(OfferMade)] = [NegotiationRefusal.OfferSuperseded, NegotiationRefusal.SeqIsStale],
    };

    [Fact]
    public void Of_thousands_of_races_each_has_exactly_one_winner()
    {
        var random = new Random(20_261_121);
        var winners = new Dictionary<Type, int>();
        for (var race = 0; race < 4_000; race++)
        {
            var bench = NegotiationBench.Opened();
            var contenders = Contenders(bench, count: 4 + random.Next(9));
            random.Shuffle(contenders);

            var decisions = contenders.Select(bench.Do).ToList();

            var won = Assert.Single(decisions, decision => decision.Event is not null).Event!;
            Assert.All(
                decisions.Where(decision => decision.Event is null),
                decision => Assert.Contains(decision.Refusal!.Value, Told[won.GetType()]));
            winners[won.GetType()] = winners.GetValueOrDefault(won.GetType()) + 1;
        }

        Assert.Equal(Told.Keys.ToHashSet(), winners.Keys.ToHashSet());
    }

    [Fact]
    public void One_race_of_thousands_of_acts_has_one_winner()
    {
        var bench = NegotiationBench.Opened();
        var contenders = Contenders(bench, count: 5_000);
        new Random(20_261_122).Shuffle(contenders);

        Assert.Single(contenders.Select(bench.Do), decision => decision.Event is not null);
        Assert.Equal(2, bench.State.Seq);
    }

    [Fact]
    public void An_offer_that_ends_in_the_race_is_accepted_or_expired_and_never_both()
    {
        var random = new Random(20_261_123);
        var outcomes = new Dictionary<Type, int>();
        for (var race = 0; race < 2_000; race++)
        {
            var bench = NegotiationBench.Opened();
            var contenders = Contenders(bench, count: 6).Append(PassTime.Instance).ToArray();
            random.Shuffle(contenders);
            bench.Wait(TimeSpan.FromMinutes(5) - new TimeSpan(3));

            // Each arrival takes a tick: the offer ends after the third.
            foreach (var contender in contenders)
            {
                bench.Do(contender);
                bench.Wait(new TimeSpan(1));
            }

            var happened = Assert.Single(bench.Events.Skip(1));
            Assert.Equal(happened is OfferExpired, happened.At >= Some.Noon + TimeSpan.FromMinutes(5));
            outcomes[happened.GetType()] = outcomes.GetValueOrDefault(happened.GetType()) + 1;
        }

        Assert.Contains(typeof(OfferAccepted), outcomes.Keys);
    }

    [Fact]
    public void A_settlement_answer_told_by_many_is_taken_once()
    {
        var bench = NegotiationBench.Opened();
        bench.Do(bench.Accept(Party.Seller));
        var deal = bench.State.Deal!.Value;
        NegotiationCommand[] answers =
        [
            .. Enumerable.Repeat(new ConfirmSettlement(deal, Some.Receipt()), 50),
            .. Enumerable.Repeat(new FailSettlement(deal, new SettlementFailure(2310, 0)), 50),
        ];
        new Random(20_261_124).Shuffle(answers);

        Assert.Single(answers.Select(bench.Do), decision => decision.Event is not null);
        Assert.True(bench.State.HasEnded);
    }

    /// <summary>Acts of both sides that were all made when the buyer's first offer had just been seen.</summary>
    private static NegotiationCommand[] Contenders(NegotiationBench bench, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (i % 4) switch
        {
            0 => bench.Accept(Party.Seller),
            1 => bench.Withdraw(Party.Buyer),
            2 => bench.Offer(Party.Seller, 90_00 + i),
            _ => bench.Reject(Party.Seller),
        })];
}
