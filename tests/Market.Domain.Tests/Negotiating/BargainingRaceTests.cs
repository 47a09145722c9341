using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Domain.Tests.Negotiating;

/// <summary>
/// An accept of all, an accept of a part, a counteroffer, a withdrawal, a rejection, the end of a mandate, the end of
/// the subject and the end of the offer's time, all upon the same sight of one offer, with talk in between: exactly
/// one of them happens.
/// </summary>
public sealed class BargainingRaceTests
{
    private static readonly Dictionary<Type, NegotiationRefusal[]> Told = new()
    {
        [typeof(OfferAccepted)] = [NegotiationRefusal.OfferAlreadyAccepted],
        [typeof(NegotiationRejected)] = [NegotiationRefusal.NegotiationHasEnded],
        [typeof(NegotiationLeft)] = [NegotiationRefusal.NegotiationHasEnded],
        [typeof(NegotiationCancelled)] = [NegotiationRefusal.NegotiationHasEnded],
        [typeof(OfferWithdrawn)] = [NegotiationRefusal.OfferNotStanding, NegotiationRefusal.SeqIsStale],
        [typeof(OfferMade)] = [NegotiationRefusal.OfferSuperseded, NegotiationRefusal.SeqIsStale],
        [typeof(OfferExpired)] =
        [
            NegotiationRefusal.OfferHasExpired, NegotiationRefusal.OfferNotStanding, NegotiationRefusal.SeqIsStale,
        ],
    };

    [Fact]
    public void Of_everything_that_can_happen_to_an_offer_exactly_one_does()
    {
        const int Seed = 20_261_125;
        var random = new Random(Seed);
        var winners = new Dictionary<Type, int>();
        for (var race = 0; race < 4_000; race++)
        {
            var bench = Opened();
            var contenders = Contenders(bench);
            random.Shuffle(contenders);
            var isLast = random.Next(3) == 0;
            bench.Wait(isLast ? TimeSpan.FromMinutes(5) - new TimeSpan(2) : TimeSpan.Zero);

            var first = Play(bench, contenders, seq: bench.State.Seq, out var losers);

            Assert.True(first is not null, $"Nothing happened in race {race} of seed {Seed}.");
            Assert.All(losers, refusal => Assert.Contains(refusal, Told[first.GetType()]));
            winners[first.GetType()] = winners.GetValueOrDefault(first.GetType()) + 1;
        }

        Assert.Equal(Told.Keys.ToHashSet(), winners.Keys.ToHashSet());
    }

    /// <summary>
    /// What happened first to the offer, and how the acts of the two sides that came after it, and were made upon it,
    /// were refused.
    /// </summary>
    private static NegotiationEvent? Play(
        NegotiationBench bench, NegotiationCommand[] contenders, long seq, out List<NegotiationRefusal> losers)
    {
        NegotiationEvent? first = null;
        losers = [];
        foreach (var contender in contenders)
        {
            var decision = bench.Do(contender);
            if (contender is PerformAct { Act: not (Inquire or Inform) } act)
            {
                Assert.Equal(seq, act.Act.ExpectedSeq);
                if (decision.Refusal is { } refusal)
                {
                    losers.Add(refusal);
                }
                else
                {
                    Assert.Null(first);
                }
            }

            if (decision.Event is { } @event and not (InquiryMade or InformationGiven))
            {
                Assert.True(first is null || @event is NegotiationLeft or NegotiationCancelled, $"{first} {@event}");
                first ??= @event;
            }

            // Each arrival takes a tick.
            bench.Wait(new TimeSpan(1));
        }

        // A market's word ends what a lesser thing left open; nothing else comes after the first.
        if (bench.Events.Any(static e => e is NegotiationLeft or NegotiationCancelled)
            && first is not (NegotiationLeft or NegotiationCancelled))
        {
            losers.RemoveAll(static refusal => refusal == NegotiationRefusal.NegotiationHasEnded);
        }

        return first;
    }

    private static NegotiationBench Opened() => NegotiationBench.Opened(Some.Opening() with
    {
        Subject = Some.BulkSubject,
        FirstOffer = ProposedOffer.Firm(Some.BulkTerms(60_00, 10)) with { PartialFrom = 2 },
    });

    private static NegotiationCommand[] Contenders(NegotiationBench bench) =>
    [
        bench.Accept(Party.Seller),
        bench.Accept(Party.Seller, quantity: 3),
        bench.Withdraw(Party.Buyer),
        bench.Offer(Party.Seller, ProposedOffer.Firm(Some.BulkTerms(90_00, 10))),
        bench.Reject(Party.Seller),
        bench.Inquire(Party.Buyer, "Well?"),
        bench.Inform(Party.Seller, "A moment."),
        new EndUnderMandate(Some.Mandate),
        new CancelNegotiation(CancelReason.SubjectGone),
        PassTime.Instance,
    ];
}
