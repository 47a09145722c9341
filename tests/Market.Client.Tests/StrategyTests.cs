using Market.Client.Tests.Support;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Domain.Wire.Messages;

namespace Market.Client.Tests;

public sealed class StrategyTests
{
    private readonly ScriptedMarket _market = new();

    [Fact]
    public async Task A_strategy_conducts_a_negotiation_to_its_settled_deal()
    {
        var (client, connection, negotiation, played) = await SellerWithAsync(bid: 5_000);
        await using var disposing = client;
        var running = negotiation.RunAsync(new Falling(9_000, 1_000));
        await PlayOwnActAsync(connection, played);
        await PlayBidAsync(connection, played, 6_000);
        await PlayOwnActAsync(connection, played);
        await PlayBidAsync(connection, played, 7_500);
        await PlayOwnActAsync(connection, played);
        played.Settle();
        connection.Send(played.Notice(played.Seq, Party.Seller));

        var result = await running.Soon();
        Assert.Equal(NegotiationStatus.Settled, result.End.Status);
        Assert.Equal((7_500L, played.State.Deal!.Value), (result.Deal!.Terms.TotalMinorUnits, result.Deal.Id));
        Assert.Equal("75.00 USD", result.Deal.Total.ToString());
        Assert.Equal(result.Deal.Id, (await negotiation.WaitForDealAsync().Soon()).Id);
    }

    [Fact]
    public async Task A_strategy_that_loses_a_race_decides_again()
    {
        var (client, connection, negotiation, played) = await SellerWithAsync(bid: 8_000);
        await using var disposing = client;
        var running = negotiation.RunAsync(new Falling(8_000, 1_000));
        var accept = await connection.NextAsync<SignedAct>();
        Assert.IsType<AcceptOffer>(ActTests.ActIn(accept));

        played.Perform(Party.Buyer, new WithdrawOffer(PlayedNegotiation.NewId(), played.Id, played.Seq, 1));
        await PlayBidAsync(connection, played, 8_500, noticeAlso: 2);
        connection.Answer(accept, played.AnswerTo(Party.Seller, ActTests.ActIn(accept)));
        await PlayOwnActAsync(connection, played);
        Assert.Equal(NegotiationStatus.Agreed, played.State.Status);
        Assert.Equal(8_500, played.State.Standing!.Terms.TotalMinorUnits);
        played.Settle();
        connection.Send(played.Notice(played.Seq, Party.Seller));
        Assert.NotNull((await running.Soon()).Deal);
    }

    [Fact]
    public async Task After_the_last_round_the_negotiation_ends_without_asking_the_strategy()
    {
        var (client, connection, negotiation, played) = await SellerWithAsync(bid: 5_000, roundsMax: 1);
        await using var disposing = client;
        played.Offer(Party.Seller, 9_000);
        played.Perform(
            Party.Seller, new WithdrawOffer(PlayedNegotiation.NewId(), played.Id, played.Seq, OfferNumber: 2));
        connection.Send(played.Notice(2, Party.Seller));
        connection.Send(played.Notice(3, Party.Seller));
        await negotiation.WaitForAsync(s => s.Seq == 3).Soon();
        var running = negotiation.RunAsync(new Falling(9_000, 1_000));
        var leave = await connection.NextAsync<LeaveNegotiation>();
        connection.Answer(leave, played.AnswerTo(Party.Seller, ActTests.ActIn(leave)));
        connection.Send(played.Notice(played.Seq, Party.Seller));
        var result = await running.Soon();
        Assert.Equal(NegotiationStatus.Withdrawn, result.End.Status);
        Assert.Null(result.Deal);
    }

    [Fact]
    public async Task A_side_that_took_back_its_last_offer_has_no_round_left()
    {
        var (client, connection) = await _market.ConnectAsync(Some.Seller);
        await using var disposing = client;
        var played = PlayedNegotiation.Opened(roundsMax: 1).Offer(Party.Seller, 9_000);
        played.Perform(
            Party.Seller, new WithdrawOffer(PlayedNegotiation.NewId(), played.Id, played.Seq, OfferNumber: 2));
        for (var seq = 1; seq <= played.Seq; seq++)
        {
            connection.Send(played.Notice(seq, Party.Seller));
        }

        var negotiation = await client.NegotiationsAsync().FirstAsync().AsTask().Soon();
        await negotiation.WaitForAsync(s => s.Seq == played.Seq).Soon();
        Assert.True(negotiation.State.RoundsAreExhausted);
        var running = negotiation.RunAsync(new Falling(9_000, 1_000));
        var leave = await connection.NextAsync<LeaveNegotiation>();
        connection.Answer(leave, played.AnswerTo(Party.Seller, ActTests.ActIn(leave)));
        connection.Send(played.Notice(played.Seq, Party.Seller));
        Assert.Equal(NegotiationStatus.Withdrawn, (await running.Soon()).End.Status);
    }

    [Fact]
    public async Task A_slow_strategy_can_be_cancelled_and_the_negotiation_stays()
    {
        var (client, connection, negotiation, _) = await SellerWithAsync(bid: 5_000);
        await using var disposing = client;
        using var cancelling = new CancellationTokenSource();
        var thinking = new Thinking();
        var running = negotiation.RunAsync(thinking, cancelling.Token);
        await thinking.Started.Task.Soon();
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Soon());
        Assert.True(negotiation.State.IsMyTurn);
        Assert.True(connection.HasNothingMore);
    }

    [Fact]
    public async Task A_refusal_that_is_no_race_ends_the_run()
    {
        var (client, connection, negotiation, _) = await SellerWithAsync(bid: 5_000);
        await using var disposing = client;
        var running = negotiation.RunAsync(new Falling(9_000, 1_000));
        connection.Answer(await connection.NextAsync<SignedAct>(), Refusals.Of(GatewayRefusal.SignatureIsWrong));
        var error = await Assert.ThrowsAsync<MarketRefusedException>(() => running.Soon());
        Assert.Equal(RefusalCode.SignatureIsWrong, error.Code);
    }

    private static async Task PlayOwnActAsync(ScriptedConnection connection, PlayedNegotiation played)
    {
        var request = await connection.NextAsync<SignedAct>();
        var answer = played.AnswerTo(Party.Seller, ActTests.ActIn(request));
        connection.Answer(request, Assert.IsType<ActRecorded>(answer));
        connection.Send(played.Notice(played.Seq, Party.Seller));
    }

    private static Task PlayBidAsync(
        ScriptedConnection connection, PlayedNegotiation played, long price, long? noticeAlso = null)
    {
        played.Offer(Party.Buyer, price);
        if (noticeAlso is { } seq)
        {
            connection.Send(played.Notice(seq, Party.Seller));
        }

        connection.Send(played.Notice(played.Seq, Party.Seller));
        return Task.CompletedTask;
    }

    private async Task<(MarketClient, ScriptedConnection, Negotiation, PlayedNegotiation)> SellerWithAsync(
        long bid, int roundsMax = 10)
    {
        var (client, connection) = await _market.ConnectAsync(Some.Seller);
        var played = PlayedNegotiation.Opened(bid, roundsMax: roundsMax);
        connection.Send(played.Notice(1, Party.Seller));
        var negotiation = await client.NegotiationsAsync().FirstAsync().AsTask().Soon();
        return (client, connection, negotiation, played);
    }

    /// <summary>Asks for a price, less by a step in every round, and takes any bid that is at least that.</summary>
    private sealed class Falling(long start, long step) : INegotiator
    {
        public NegotiatorAct Act(in NegotiationView view)
        {
            var price = start - (step * view.Round);
            return view.CounterpartyOffer is { } bid && bid[0] >= price
                ? NegotiatorAct.Accept
                : NegotiatorAct.Propose(Some.OutcomeOf(price));
        }
    }

    private sealed class Thinking : IAsyncNegotiator
    {
        public TaskCompletionSource Started { get; } = new();

        public async ValueTask<NegotiatorAct> ActAsync(NegotiationView view, CancellationToken cancellationToken)
        {
            Started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return NegotiatorAct.End;
        }
    }
}
