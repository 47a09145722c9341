using System.Security.Cryptography;
using Market.Client.Tests.Support;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Client.Tests;

public sealed class ActTests
{
    private readonly ScriptedMarket _market = new();

    [Fact]
    public async Task A_firm_offer_is_signed_over_the_exact_bytes_of_the_act()
    {
        var (client, connection, negotiation, _) = await InvitedSellerAsync();
        await using var disposing = client;
        var offering = negotiation.OfferAsync(Some.OutcomeOf(9_000));
        var signed = (SignedAct)(await connection.NextAsync<SignedAct>()).Message;

        var offer = Assert.IsType<MakeOffer>(WireCatalog.DecodeTagged(signed.Act.Span));
        Assert.Equal((negotiation.Id, 1L), (offer.Negotiation, offer.ExpectedSeq));
        Assert.Equal(9_000, offer.Offer.Terms.TotalMinorUnits);
        using var verifier = ECDsa.Create();
        verifier.ImportSubjectPublicKeyInfo(Some.Key.PublicKey.Span, out _);
        var content = SignedPayload.ForAct(_market.Id, signed.Act.Span);
        Assert.True(verifier.VerifyData(content, signed.Signature.Span, HashAlgorithmName.SHA256));
        Assert.False(offering.IsCompleted);
    }

    [Fact]
    public async Task An_indicative_offer_binds_nobody_and_is_not_signed()
    {
        var (client, connection, negotiation, _) = await InvitedSellerAsync();
        await using var disposing = client;
        var terms = negotiation.State.TermsOf(Some.OutcomeOf(9_000));
        var offering = negotiation.OfferAsync(ProposedOffer.Indicative(terms));
        await connection.NextAsync<MakeOffer>();
        Assert.False(offering.IsCompleted);
    }

    [Theory]
    [InlineData(SigningPolicy.WhenRequired)]
    [InlineData(SigningPolicy.Never)]
    public async Task Where_no_signature_is_required_a_client_may_leave_it_out(SigningPolicy policy)
    {
        var options = Some.Options();
        options.Signing = policy;
        var (client, connection, negotiation, _) = await InvitedSellerAsync(options);
        await using var disposing = client;
        var offering = negotiation.OfferAsync(Some.OutcomeOf(9_000));
        await connection.NextAsync<MakeOffer>();
        Assert.False(offering.IsCompleted);
    }

    [Fact]
    public async Task An_act_returns_when_the_state_includes_it()
    {
        var (client, connection, negotiation, played) = await InvitedSellerAsync();
        await using var disposing = client;
        var offering = negotiation.OfferAsync(Some.OutcomeOf(9_000));
        var request = await connection.NextAsync<SignedAct>();
        connection.Answer(request, played.AnswerTo(Party.Seller, ActIn(request)));
        connection.Send(played.Notice(2, Party.Seller));
        Assert.Equal(2, (await offering.Soon()).Seq);
        Assert.Equal(9_000, negotiation.State.Standing!.Terms.TotalMinorUnits);
    }

    [Fact]
    public async Task A_lost_race_is_a_result_with_its_reason()
    {
        var (client, connection, negotiation, played) = await InvitedSellerAsync(price: 5_000);
        await using var disposing = client;
        var accepting = negotiation.TryAcceptAsync(negotiation.State.CounterpartyOffer!);
        var request = await connection.NextAsync<SignedAct>();
        played.Leave(Party.Buyer);
        connection.Answer(request, played.AnswerTo(Party.Seller, ActIn(request)));
        var result = await accepting.Soon();
        Assert.Equal((false, RefusalCode.NegotiationHasEnded), (result.IsRecorded, result.Code));
        Assert.True(result.Refused!.IsRace);
        Assert.Throws<MarketRefusedException>(() => result.OrThrow());
    }

    [Fact]
    public async Task An_act_of_a_turn_names_the_version_that_was_decided_on()
    {
        var (client, connection, negotiation, played) = await InvitedSellerAsync(price: 5_000);
        await using var disposing = client;
        var turn = await negotiation.TurnsAsync().FirstAsync().AsTask().Soon();
        played.Offer(Party.Seller, 9_000).Offer(Party.Buyer, 5_500);
        connection.Send(played.Notice(2, Party.Seller));
        connection.Send(played.Notice(3, Party.Seller));
        await negotiation.WaitForAsync(s => s.Seq == 3).Soon();

        var accepting = turn.TryAcceptAsync();
        var request = await connection.NextAsync<SignedAct>();
        var act = (AcceptOffer)ActIn(request);
        Assert.Equal((1L, 1L), (act.ExpectedSeq, act.OfferNumber));
        connection.Answer(request, played.AnswerTo(Party.Seller, act));
        Assert.Equal(RefusalCode.OfferSuperseded, (await accepting.Soon()).Code);
    }

    [Fact]
    public async Task An_act_on_its_way_when_the_connection_breaks_is_sent_again_and_done_once()
    {
        var (client, first, negotiation, played) = await InvitedSellerAsync();
        await using var disposing = client;
        var offering = negotiation.OfferAsync(Some.OutcomeOf(9_000));
        var sent = await first.NextAsync<SignedAct>();
        var answer = played.AnswerTo(Party.Seller, ActIn(sent));
        first.Break();

        var second = await _market.WelcomeAsync(Some.Seller);
        await second.SubscribeAsync();
        second.Send(played.Notice(2, Party.Seller));
        var again = await second.NextAsync<SignedAct>();
        Assert.Equal(sent.Bytes, again.Bytes);
        Assert.Equal(answer, played.AnswerTo(Party.Seller, ActIn(again)));
        second.Answer(again, answer);
        Assert.Equal(2, (await offering.Soon()).Seq);
        Assert.Equal(2, played.Seq);
    }

    [Fact]
    public async Task An_outcome_outside_the_agenda_is_not_even_sent()
    {
        var (client, connection, negotiation, _) = await InvitedSellerAsync();
        await using var disposing = client;
        await Assert.ThrowsAsync<ArgumentException>(() => negotiation.OfferAsync(Some.OutcomeOf(9_001)));
        Assert.True(connection.HasNothingMore);
    }

    [Fact]
    public async Task An_opening_finds_its_negotiation_also_when_the_event_comes_before_the_answer()
    {
        var (client, connection) = await _market.ConnectAsync();
        await using var disposing = client;
        var first = ProposedOffer.Firm(Some.Agenda.TermsOf(Some.OutcomeOf(5_000)));
        var opening = client.OpenAsync(Some.Listing, new NegotiationSettings { FirstOffer = first });
        var request = await connection.NextAsync<SignedAct>();
        var open = (OpenNegotiation)WireCatalog.DecodeTagged(((SignedAct)request.Message).Act.Span);
        var played = PlayedNegotiation.Opened(5_000, open.Message).Leave(Party.Seller);
        connection.Send(played.Notice(1));
        connection.Send(played.Notice(2));
        connection.Answer(request, new ActRecorded(played.Id, 1, played.State.LastTime));

        var negotiation = await opening.Soon();
        Assert.Equal((played.Id, NegotiationStatus.Withdrawn), (negotiation.Id, negotiation.State.Status));
        Assert.Equal(NegotiationStatus.Withdrawn, (await negotiation.WaitForEndAsync().Soon()).Status);
    }

    [Fact]
    public async Task A_refused_opening_is_a_typed_exception()
    {
        var (client, connection) = await _market.ConnectAsync();
        await using var disposing = client;
        var opening = client.OpenAsync(Some.Listing);
        var request = await connection.NextAsync<OpenNegotiation>();
        connection.Answer(request, Refusals.Of(Market.Domain.Listings.ListingRefusal.ListingVersionIsStale));
        var error = await Assert.ThrowsAsync<MarketRefusedException>(() => opening.Soon());
        Assert.Equal(RefusalCode.ListingVersionIsStale, error.Code);
    }

    internal static NegotiationAct ActIn(ReceivedFrame frame) => frame.Message is SignedAct signed
        ? (NegotiationAct)WireCatalog.DecodeTagged(signed.Act.Span)
        : (NegotiationAct)frame.Message;

    private async Task<(MarketClient, ScriptedConnection, Negotiation, PlayedNegotiation)> InvitedSellerAsync(
        MarketClientOptions? options = null, long? price = null)
    {
        var (client, connection) = await _market.ConnectAsync(Some.Seller, options);
        var played = PlayedNegotiation.Opened(price);
        connection.Send(played.Notice(1, Party.Seller));
        var negotiation = await client.NegotiationsAsync().FirstAsync().AsTask().Soon();
        return (client, connection, negotiation, played);
    }
}
