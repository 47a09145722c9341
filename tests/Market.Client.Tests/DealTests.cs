using System.Security.Cryptography;
using Market.Client.Tests.Support;
using Market.Domain;
using Market.Domain.Auditing;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire.Messages;

namespace Market.Client.Tests;

public sealed class DealTests
{
    private readonly ScriptedMarket _market = new();

    [Fact]
    public async Task A_purchase_at_the_posted_price_is_the_posted_terms_and_returns_the_deal()
    {
        var (client, connection) = await _market.ConnectAsync();
        await using var _ = client;
        var buying = client.BuyNowAsync(Some.Listing);
        var request = await connection.NextAsync<SignedAct>();
        var open = (OpenNegotiation)Domain.Wire.WireCatalog.DecodeTagged(((SignedAct)request.Message).Act.Span);
        Assert.Equal((Protocol.PostedPrice, 9_900L), (open.Protocol, open.FirstOffer!.Terms.TotalMinorUnits));
        Assert.False(buying.IsCompleted);
    }

    [Fact]
    public async Task A_listing_without_a_posted_price_is_not_bought_blindly()
    {
        var (client, connection) = await _market.ConnectAsync();
        await using var _ = client;
        var listing = Some.Listing with { Draft = Some.Listing.Draft with { PostedValues = [] } };
        await Assert.ThrowsAsync<ArgumentException>(() => client.BuyNowAsync(listing));
        Assert.True(connection.HasNothingMore);
    }

    [Fact]
    public async Task A_deal_that_could_not_be_settled_is_an_exception_with_the_own_cause()
    {
        var played = PlayedNegotiation.Opened(5_000).Accept(Party.Seller)
            .FailToSettle(new SettlementFailure((int)LedgerRefusal.BuyerFundsExceeded, 0));
        var error = await Assert.ThrowsAsync<NoDealException>(() => DealOfAsync(played));
        Assert.Equal(RefusalCode.BuyerFundsExceeded, error.End.OwnFailure);
    }

    [Fact]
    public async Task The_counterpartys_cause_is_not_shown()
    {
        var played = PlayedNegotiation.Opened(5_000).Accept(Party.Seller)
            .FailToSettle(new SettlementFailure(0, (int)LedgerRefusal.StockExceeded));
        var error = await Assert.ThrowsAsync<NoDealException>(() => DealOfAsync(played));
        Assert.Equal(RefusalCode.CounterpartyCouldNotSettle, error.End.OwnFailure);
    }

    [Fact]
    public async Task A_negotiation_that_is_left_has_no_deal()
    {
        var error = await Assert.ThrowsAsync<NoDealException>(
            () => DealOfAsync(PlayedNegotiation.Opened(5_000).Leave(Party.Seller)));
        Assert.Equal(NegotiationStatus.Withdrawn, error.End.Status);
    }

    [Fact]
    public async Task A_market_that_names_other_terms_than_were_agreed_is_found_out()
    {
        var played = PlayedNegotiation.Opened(5_000).Accept(Party.Seller).Settle();
        Assert.Equal(5_000, (await DealOfAsync(played)).Terms.TotalMinorUnits);
        var otherTerms = Hash256.Of("other terms"u8);
        await Assert.ThrowsAsync<DealMismatchException>(() => DealOfAsync(
            played,
            notice => notice.Event is OfferAccepted accepted
                ? notice with { Event = accepted with { TermsHash = otherTerms } }
                : notice));
    }

    [Fact]
    public async Task A_receipt_verifies_with_the_markets_key_and_no_other()
    {
        using var marketKey = AgentKey.Create();
        var deal = await DealOfAsync(PlayedNegotiation.Opened(5_000).Accept(Party.Seller).Settle());
        var receipt = new Receipt(
            Some.Market, deal.Id, deal.TermsHash, deal.Negotiation, new EntryNumber(5), new LedgerTime(1), deal.Total,
            deal.Buyer.Agent, deal.Buyer.Principal, deal.Seller.Agent, deal.Seller.Principal,
            SettlementMode.Immediate, DeliveryDeadline: null);
        var genuine = deal with { Receipt = Sign(marketKey, receipt) };
        Assert.True(genuine.IsReceiptSignedBy(marketKey.PublicKey.Span));
        Assert.False(genuine.IsReceiptSignedBy(Some.Key.PublicKey.Span));
        Assert.ThrowsAny<CryptographicException>(() => genuine.IsReceiptSignedBy([1, 2, 3]));
        Assert.Equal(receipt, genuine.ReadReceipt());

        var other = receipt with { Total = new Money(4_999, Currency.Usd) };
        Assert.False((deal with { Receipt = Sign(marketKey, other) }).IsReceiptSignedBy(marketKey.PublicKey.Span));
    }

    private static SignedReceipt Sign(AgentKey marketKey, Receipt receipt)
    {
        var bytes = Domain.Wire.WireFormat.Encode(receipt);
        return new SignedReceipt(bytes, marketKey.Sign(SignedPayload.ForReceipt(Some.Market, bytes)), "k1");
    }

    private async Task<Deal> DealOfAsync(PlayedNegotiation played, Func<EventNotice, EventNotice>? forge = null)
    {
        var options = Some.Options();
        options.DeliverEvents = true;
        var (client, connection) = await _market.ConnectAsync(options: options);
        await using var _ = client;
        for (var seq = 1; seq <= played.Seq; seq++)
        {
            var notice = played.Notice(seq);
            connection.Send(forge?.Invoke(notice) ?? notice);
        }

        var first = await client.EventsAsync().FirstAsync().AsTask().Soon();
        return await first.Negotiation.WaitForDealAsync().Soon();
    }
}
