using Market.Client;
using Market.Domain.Listings;
using Market.Domain.Negotiating;

namespace Market.EndToEnd.Tests.Racing;

/// <summary>
/// One negotiation in which both sides act on the same version at the same moment: the maker of the standing offer
/// takes it back, while the other side accepts it and counters it.
/// </summary>
internal sealed class Race
{
    private const int SpinsMax = 20_000;
    private readonly Negotiation _maker;
    private readonly Negotiation _other;

    private Race(Negotiation maker, Negotiation other) => (_maker, _other) = (maker, other);

    /// <summary>What can win.</summary>
    public enum Act
    {
        /// <summary>The other side accepts the standing offer.</summary>
        Accept,

        /// <summary>The other side counters it.</summary>
        Counter,

        /// <summary>Its maker takes it back.</summary>
        Withdraw,
    }

    /// <summary>Opens a negotiation with a firm offer of the buyer's.</summary>
    public static async Task<Race> OpenAsync(
        TestAgent buyer, Listing listing, Func<Negotiation, Task<Negotiation>> other)
    {
        var maker = await buyer.Client.OpenAsync(listing, new NegotiationSettings { FirstOffer = Wares.Firm(50_00) });
        return new Race(maker, await other(maker));
    }

    /// <summary>Lets acts of both sides race; returns the one that won.</summary>
    public async Task<Act> RunAsync(IReadOnlyList<Act> acts, Random random)
    {
        var standing = _maker.State.Standing!;
        var seq = _maker.State.Seq;
        using var start = new SemaphoreSlim(0);
        var racing = acts.Select(act => RaceAsync(act, standing, start, random.Next(SpinsMax))).ToList();
        start.Release(acts.Count);
        var results = await Eventually.DoneAsync("every act of a race is answered", Task.WhenAll(racing));

        var winner = Assert.Single(acts.Zip(results), static pair => pair.Second.IsRecorded);
        Assert.Equal(seq + 1, winner.Second.Recorded!.Seq);
        foreach (var (act, loser) in acts.Zip(results).Where(static pair => !pair.Second.IsRecorded))
        {
            Assert.True(
                IsTyped(winner.First, loser.Code), $"{act} lost to {winner.First} and was refused {loser.Code}.");
        }

        await EndAsync(winner.First, seq + 1);
        return winner.First;
    }

    private async Task<ActResult> RaceAsync(Act act, Offer standing, SemaphoreSlim start, int spins)
    {
        await start.WaitAsync().ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        Thread.SpinWait(spins);
        return act switch
        {
            Act.Accept => await _other.TryAcceptAsync(standing),
            Act.Counter => await _other.TryOfferAsync(Wares.Firm(60_00)),
            _ => await _maker.TryWithdrawOfferAsync(),
        };
    }

    /// <summary>
    /// The refusals that a loser may get from a winner. The later ones of a line are of an act that was made when its
    /// side had just seen the winner's event.
    /// </summary>
    private static bool IsTyped(Act winner, RefusalCode code) => winner switch
    {
        Act.Accept => code == RefusalCode.OfferAlreadyAccepted,
        Act.Counter => code is RefusalCode.OfferSuperseded or RefusalCode.OfferIsNotYours,
        _ => code is RefusalCode.OfferNotStanding or RefusalCode.SeqIsStale or RefusalCode.NotYourTurn,
    };

    private async Task EndAsync(Act winner, long seq)
    {
        if (winner == Act.Accept)
        {
            var deals = await Eventually.DoneAsync(
                "a deal is settled", Task.WhenAll(_maker.WaitForDealAsync(), _other.WaitForDealAsync()));
            Assert.Equal(deals[0].Id, deals[1].Id);
            Assert.Equal(deals[0].Receipt.Bytes.ToArray(), deals[1].Receipt.Bytes.ToArray());
        }
        else
        {
            await Eventually.DoneAsync("both sides learn of the act that won", Task.WhenAll(
                _maker.WaitForAsync(s => s.Seq >= seq), _other.WaitForAsync(s => s.Seq >= seq)));
            AssertAgree();
            Assert.Equal(winner == Act.Counter ? _other.State.Own : null, _maker.State.Standing?.By);
            await _maker.LeaveAsync();
            await Eventually.DoneAsync("both sides learn of the end", Task.WhenAll(
                _maker.WaitForEndAsync(), _other.WaitForEndAsync()));
        }

        AssertAgree();
    }

    /// <summary>Both sides' local states are the same but for what is private.</summary>
    private void AssertAgree()
    {
        var (one, other) = (_maker.State, _other.State);
        Assert.Equal(
            (one.Id, one.Seq, one.At, one.Status, one.Turn, one.Standing, one.OffersMade),
            (other.Id, other.Seq, other.At, other.Status, other.Turn, other.Standing, other.OffersMade));
        Assert.Equal((one.Deal, one.TermsHash, one.Deadline), (other.Deal, other.TermsHash, other.Deadline));
    }
}
