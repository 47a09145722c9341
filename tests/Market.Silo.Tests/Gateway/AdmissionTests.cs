using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Admitting;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Tendering;
using Market.Domain.Wire.Messages;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Gateway;

/// <summary>A market and its agents say whom they deal with; who is kept out is told the rule.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public async Task A_market_keeps_out_whom_its_policy_does_not_admit_at_registration()
    {
        await using var market = await TestMarket.StartAsync(configure: options => options with
        {
            Admission = new AdmissionPolicy(DemandsPrincipalKey: true, ModelsRefused: ["gpt-*"]),
        });
        await using var agent = await TestAgent.AuthenticateAsync(market.Uri);
        Refusal.Is(
            AdmissionRefusal.PrincipalKeyRequired, await agent.AskAsync(agent.Registration(Some.Profile())));

        using var alice = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var disclosed = Some.Profile() with { Disclosure = new Disclosure("Tests Ltd", "GPT-7", "1") };
        var refused = Refusal.Is(
            AdmissionRefusal.ModelIsRefused, await agent.AskAsync(agent.Registration(disclosed, alice)));
        Assert.Contains("this market", refused.Explanation, StringComparison.Ordinal);
        await agent.RegisterAsync(Some.Profile(), alice);
    }

    [Fact]
    public async Task Who_is_registered_is_judged_again_at_each_handshake()
    {
        await using var market = await TestMarket.StartAsync(durable: true);
        await using var agent = await market.BuyerAsync();
        var key = ECDsa.Create(agent.Key.ExportParameters(includePrivateParameters: true));
        await market.RestartAsync(options => options with
        {
            Admission = new AdmissionPolicy(OperatorsAllowed: ["Others Ltd"]),
        });

        await using var again = await TestAgent.ConnectAsync(market.Uri, key);
        await again.SendAsync(7, again.Proof());
        Refusal.Is(AdmissionRefusal.OperatorIsNotListed, (await again.ReceiveAsync())!.Message);
        Assert.Null(await again.ReceiveAsync());
    }

    [Fact]
    public async Task A_seller_says_who_may_open_a_negotiation_and_open_ones_go_on()
    {
        await using var market = await TestMarket.StartAsync();
        var (buyer, seller, listing) = await market.TradersAsync();
        await using var disposeBuyer = buyer;
        await using var disposeSeller = seller;
        var opening = buyer.Signed(Some.Opening(listing, offer: Some.Offer(6_000)));
        var opened = await buyer.AskAsync<ActRecorded>(opening);

        var set = new SetAdmission(1, new AdmissionPolicy(PrincipalsRefused: ["alice"]));
        await seller.AskAsync<AdmissionRecorded>(set);
        Assert.Equal(1, (await seller.AskAsync<AdmissionState>(new GetAdmission())).Revision);
        Refusal.Is(AdmissionRefusal.PolicyRevisionIsStale, await seller.AskAsync(set with { Policy = null }));

        Refusal.Is(AdmissionRefusal.PrincipalIsRefused, await buyer.AskAsync(
            buyer.Signed(Some.Opening(listing, offer: Some.Offer(6_000)))));
        Assert.Equal(opened, await buyer.AskAsync(opening));
        await seller.AskAsync<ActRecorded>(seller.Signed(
            new MakeOffer(Some.Message(), opened.Negotiation, 1, Some.Offer(9_000))));
        await buyer.AskAsync<ActRecorded>(buyer.Signed(
            new MakeOffer(Some.Message(), opened.Negotiation, 2, Some.Offer(7_000))));

        await seller.AskAsync<AdmissionRecorded>(new SetAdmission(2, null));
        await buyer.AskAsync<ActRecorded>(buyer.Signed(Some.Opening(listing, offer: Some.Offer(6_000))));
    }

    [Fact]
    public async Task A_buyer_says_who_may_bid_and_a_bid_that_was_made_stays()
    {
        await using var market = await TestMarket.StartAsync();
        var (buyer, seller, listing) = await market.TradersAsync();
        await using var disposeBuyer = buyer;
        await using var disposeSeller = seller;
        var hour = TimeSpan.FromHours(1);
        var need = (await buyer.AskAsync<RequestPublished>(
            new PublishRequest(Some.Message(), new RequestDraft("Machines", "For us.", 1)))).Request.Id;
        var tender = (await buyer.AskAsync<TenderRecorded>(new OpenTender(
            Some.Message(), need, null, hour, [], 10, hour))).Tender;
        var bid = seller.Signed(Bid(7_000));
        var recorded = await seller.AskAsync<BidRecorded>(bid);

        await buyer.AskAsync<AdmissionRecorded>(new SetAdmission(1, new AdmissionPolicy(PrincipalsRefused: ["bob"])));
        Refusal.Is(AdmissionRefusal.PrincipalIsRefused, await seller.AskAsync(seller.Signed(Bid(6_900))));
        Assert.Equal(recorded, await seller.AskAsync(bid));

        // Whom it has invited by name it deals with.
        var other = (await buyer.AskAsync<RequestPublished>(
            new PublishRequest(Some.Message(), new RequestDraft("More machines", "For us.", 1)))).Request.Id;
        var invited = (await buyer.AskAsync<TenderRecorded>(new OpenTender(
            Some.Message(), other, null, hour, [seller.Agent!.Number], 10, hour))).Tender;
        await seller.AskAsync<BidRecorded>(seller.Signed(Bid(6_900) with { Tender = invited }));

        SubmitBid Bid(long price) => new(
            Some.Message(), tender, listing.Id, listing.Version, [new OrderLine(0, 1)], Some.Offer(price),
            Hash256.Of("blinding"u8));
    }
}
