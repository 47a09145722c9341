using Market.Client.Tests.Support;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Client.Tests;

/// <summary>Inquiries, information, and what else a client follows beside offers and deals.</summary>
public sealed class MessageTests
{
    private readonly ScriptedMarket _market = new();

    [Fact]
    public async Task What_both_sides_say_is_kept_in_order_with_whose_words_they_are()
    {
        var played = PlayedNegotiation.Opened(5_000);
        played.Perform(Party.Buyer, new Inquire(PlayedNegotiation.NewId(), played.Id, 1, "Is it new?"));
        played.Perform(Party.Seller, new Inform(
            PlayedNegotiation.NewId(), played.Id, 2, InReplyTo: 2, [new IssueValue("delivery days", 2)], "Yes."));
        var (client, _, negotiation) = await FollowAsync(played);
        await using var disposing = client;
        var state = await negotiation.WaitForAsync(s => s.Seq == 3).Soon();

        Assert.Equal([(2L, Party.Buyer, "Is it new?"), (3L, Party.Seller, "Yes.")],
            state.Messages.AsSpan().ToArray().Select(m => (m.Seq, m.By, m.Text)));
        Assert.Equal((2L, "delivery days"), (state.Messages[1].InReplyTo, state.Messages[1].Values[0].Issue));
        Assert.Equal((3L, 1L), (state.Seq, state.BargainingSeq));
    }

    [Fact]
    public async Task A_message_makes_no_turn()
    {
        var played = PlayedNegotiation.Opened(5_000);
        var (client, connection, negotiation) = await FollowAsync(played);
        await using var disposing = client;
        await using var turns = negotiation.TurnsAsync().GetAsyncEnumerator();
        Assert.True(await turns.MoveNextAsync().AsTask().Soon());

        played.Perform(Party.Buyer, new Inquire(PlayedNegotiation.NewId(), played.Id, 1, "Well?"));
        connection.Send(played.Notice(2, Party.Seller));
        await negotiation.WaitForAsync(s => s.Seq == 2).Soon();
        played.Offer(Party.Seller, 9_000).Offer(Party.Buyer, 6_000);
        connection.Send(played.Notice(3, Party.Seller));
        connection.Send(played.Notice(4, Party.Seller));

        Assert.True(await turns.MoveNextAsync().AsTask().Soon());
        Assert.Equal(4, turns.Current.State.Seq);
    }

    [Fact]
    public async Task An_answer_names_the_inquiry_and_is_not_signed()
    {
        var played = PlayedNegotiation.Opened(5_000);
        played.Perform(Party.Buyer, new Inquire(PlayedNegotiation.NewId(), played.Id, 1, null, "delivery days"));
        var (client, connection, negotiation) = await FollowAsync(played);
        await using var disposing = client;
        await negotiation.WaitForAsync(s => s.Messages.Count == 1).Soon();

        var informing = negotiation.InformAsync(
            null, [new IssueValue("delivery days", 2)], negotiation.Messages[0]);
        var request = await connection.NextAsync<Inform>();
        Assert.Equal(2, ((Inform)request.Message).InReplyTo);
        connection.Answer(request, played.AnswerTo(Party.Seller, (Inform)request.Message));
        connection.Send(played.Notice(3, Party.Seller));

        Assert.Equal(3, (await informing.Soon()).Seq);
        Assert.Equal("delivery days", negotiation.Messages[0].AsksAbout);
    }

    [Fact]
    public async Task A_part_that_is_accepted_is_the_deal_that_the_client_computes_itself()
    {
        var agenda = new Agenda(Currency.Usd, [Issue.UnitPrice(100, 10_000, 100), Issue.Quantity(1, 5)]);
        var played = PlayedNegotiation.Opened(agenda: agenda);
        var offer = ProposedOffer.Firm(agenda.TermsOf(Outcome.Of(1_000, 5))) with { PartialFrom = 2 };
        played.Perform(Party.Buyer, new MakeOffer(PlayedNegotiation.NewId(), played.Id, 1, offer));
        var (client, connection, negotiation) = await FollowAsync(played);
        await using var disposing = client;
        await negotiation.WaitForAsync(s => s.Seq == 2).Soon();

        var accepting = negotiation.AcceptAsync(negotiation.State.CounterpartyOffer!, quantity: 3);
        var request = await connection.NextAsync<SignedAct>();
        var act = (AcceptOffer)WireCatalog.DecodeTagged(((SignedAct)request.Message).Act.Span);
        connection.Answer(request, played.AnswerTo(Party.Seller, act));
        played.Settle();
        connection.Send(played.Notice(3, Party.Seller));
        connection.Send(played.Notice(4, Party.Seller));
        await accepting.Soon();
        var deal = await negotiation.WaitForDealAsync().Soon();

        Assert.Equal(3, act.Quantity);
        Assert.Equal((Outcome.Of(1_000, 3), 3_000L), (deal.Terms.Outcome, deal.Total.MinorUnits));
    }

    [Fact]
    public async Task A_negotiation_that_the_market_ends_says_why()
    {
        var played = PlayedNegotiation.Opened(5_000).Cancel(CancelReason.SubjectGone);
        var (client, _, negotiation) = await FollowAsync(played);
        await using var disposing = client;

        var error = await Assert.ThrowsAsync<NoDealException>(() => negotiation.WaitForDealAsync().Soon());
        Assert.Equal(NegotiationStatus.Cancelled, error.End.Status);
        Assert.Equal(CancelReason.SubjectGone, error.End.Cancellation);
        Assert.Contains("SubjectGone", error.Message, StringComparison.Ordinal);
    }

    private async Task<(MarketClient Client, ScriptedConnection Connection, Negotiation Negotiation)> FollowAsync(
        PlayedNegotiation played)
    {
        var (client, connection) = await _market.ConnectAsync(Some.Seller);
        for (var seq = 1; seq <= played.Seq; seq++)
        {
            connection.Send(played.Notice(seq, Party.Seller));
        }

        var negotiation = await client.NegotiationsAsync().FirstAsync().AsTask().Soon();
        return (client, connection, negotiation);
    }
}
