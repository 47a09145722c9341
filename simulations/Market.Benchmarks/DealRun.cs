using Market.Domain;
using Market.Domain.Negotiating;
using Market.Grains.Hosting;

namespace Market.Benchmarks;

/// <summary>Plays prepared deals: open, three counteroffers, accept; what follows the market does by itself.</summary>
internal static class DealRun
{
    /// <summary>Deals that are played at once, where nothing else is said.</summary>
    public const int Callers = 512;

    /// <summary>Plays deals until they are made, each caller one at a time.</summary>
    /// <param name="market">Where.</param>
    /// <param name="frames">What agents send in each.</param>
    /// <param name="settled">Bounds how many are not settled yet.</param>
    /// <param name="first">Number of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="verifier">Verifies evidence, as the gateway does; null where nothing is signed.</param>
    /// <param name="callers">How many at once.</param>
    public static async Task PlayAsync(
        BenchMarket market,
        DealFrames frames,
        SettledCounter settled,
        int first,
        int count,
        DealCrypto? verifier,
        int callers = Callers)
    {
        var next = first - 1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(callers, count)).Select(_ => Task.Run(async () =>
        {
            int deal;
            while ((deal = Interlocked.Increment(ref next)) < first + count)
            {
                await settled.WaitForRoomAsync();
                await PlayAsync(market, frames, deal, verifier);
            }
        })));
    }

    private static async Task PlayAsync(BenchMarket market, DealFrames frames, int deal, DealCrypto? verifier)
    {
        var (open, acts) = frames.Read(deal);
        var grain = GrainId.Of(open.Negotiation);
        Expect(await market.ClusterOf(open.Buyer.Agent).AskAsync(grain, open));
        var offerEvidence = open.Evidence;
        while (acts.HasMore)
        {
            var (from, frame, evidence) = acts.Next();
            var act = (NegotiationAct)DealFrames.Decode(frame.Span);
            var verified = act is AcceptOffer accept ? accept.OfferHash : Hash256.Zero;
            if (act is AcceptOffer)
            {
                verifier?.Verify(market, offerEvidence!);
                verifier?.Verify(market, evidence!);
            }

            offerEvidence = evidence;
            Expect(await market.ClusterOf(from).AskAsync(
                grain, new PerformAct(from, act, ActDigest.Of(frame.Span), evidence, verified)));
        }
    }

    private static void Expect(object answer)
    {
        if (answer is not ActRecorded)
        {
            throw new InvalidOperationException($"Expected an act to be recorded, got {answer}.");
        }
    }
}
