using System.Collections.Concurrent;
using System.Net;
using Market.Client;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Tendering;
using Market.EndToEnd.Tests.Support;
using Market.Silo;
using Market.Silo.Commands.Audit;
using Market.Testing.Hosting;

namespace Market.EndToEnd.Tests.Tendering;

/// <summary>
/// A need of seven machines by tender over real connections, on a clock that the test moves: the server stops and
/// starts again while the window is open, and the window ends while nobody is there.
/// </summary>
public sealed class TenderTests : IAsyncLifetime, IDisposable
{
    private static readonly Agenda Agenda = new(Currency.Usd, [Issue.UnitPrice(1_00, 200_00), Issue.Quantity(1, 7)]);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly TestFolder _folder = new();
    private readonly ManualClock _time = new();
    private readonly int _port = FreePort.Find();
    private MarketHost _host = null!;
    private TestAgent _alice = null!;
    private Bidder[] _sellers = null!;
    private Request? _request;

    private TestAgent[] Agents => [_alice, .. _sellers.Select(seller => seller.Agent)];

    public async Task InitializeAsync()
    {
        await StartAsync();
        _alice = await TestAgent.BuyerAsync(_host.Uri);
        _sellers = await Task.WhenAll(
            Bidder.ConnectAsync(_host.Uri, "bob"),
            Bidder.ConnectAsync(_host.Uri, "carol"),
            Bidder.ConnectAsync(_host.Uri, "dave"));
    }

    public async Task DisposeAsync()
    {
        foreach (var agent in Agents)
        {
            await agent.DisposeAsync();
        }

        await _host.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_need_of_seven_is_awarded_to_two_sellers_though_the_window_ended_while_nobody_was_there()
    {
        var tender = await OpenAsync(invited: true);
        foreach (var (seller, price, quantity) in new[] { (0, 90_00, 7), (1, 85_00, 4), (2, 70_00, 7), (0, 80_00, 3) })
        {
            await _sellers[seller].BidAsync(price, quantity);
        }

        await _sellers[2].Agent.Client.WithdrawBidAsync(tender.Id);
        await NobodyButTheBidderKnowsAsync(tender);

        await _host.DisposeAsync();
        _time.Advance(Window);
        await StartAsync();
        _time.Advance(TimeSpan.FromSeconds(1));

        var reveals = await Eventually.DoneAsync(
            "all learn of the reveal", Task.WhenAll(Agents.Select(a => a.Client.WaitForRevealAsync(tender.Id))));
        var bids = await AllAsync(tender);
        Assert.Equal([null, PlaceOf(bids, 0), PlaceOf(bids, 1), null], reveals.Select(reveal => reveal!.Place));
        Assert.Equal([80_00L, 85_00], bids.Select(bid => bid.Offer.Terms.Outcome[0]).Order());
        var ascending = RevealedOrder.Ascending(bids.Select(bid => bid.Hash));
        Assert.Equal(
            reveals[0]!.Seed,
            TenderHashes.OfSeed(tender.Id, reveals[0]!.Nonce, ValueArray.Create<Hash256>(ascending)));

        var deals = await Eventually.DoneAsync(
            "both parts are settled", Task.WhenAll(bids.Select(bid => tender.AwardAsync(bid))));
        Assert.Equal([240_00L, 340_00], deals.Select(deal => deal.Total.MinorUnits).Order());
        _time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(
            "all are told of the end", () => _sellers.All(seller => seller.Notices.Any(n => n is TenderClosed)));
        var end = Assert.Single(_sellers.Select(s => s.Notices.OfType<TenderClosed>().Single()).Distinct());
        Assert.Equal(ClosingReason.NeedIsFilled, end.Reason);

        await _host.DisposeAsync();
        var audit = OfflineAudit.Verify(_folder.Path);
        Assert.True(audit.IsSound, string.Join('\n', audit.Errors));
    }

    [Fact]
    public async Task A_bid_is_countered_and_accepted_as_any_offer()
    {
        var tender = await OpenAsync(invited: false);
        var found = await FindAsync();
        Assert.Equal(tender.Id, found.Tender);
        await _sellers[0].Agent.Client.BidAsync(found, _sellers[0].Listing, Quote(90_00, 7));
        _time.Advance(Window);
        await Eventually.DoneAsync("the reveal", tender.WaitForRevealAsync());

        var negotiation = (await Eventually.DoneAsync(
            "the negotiation is open", tender.ChooseAsync(await AllAsync(tender))))[0];
        await Eventually.TrueAsync(
            "the seller has it too", () => _sellers[0].Agent.Client.LiveNegotiations.Count == 1);
        var sold = _sellers[0].Agent.Client.LiveNegotiations.Single();
        await negotiation.CounterAsync(Quote(75_00, 7));
        await Eventually.DoneAsync("the seller sees it", sold.WaitForAsync(state => state.IsMyTurn));
        await sold.AcceptAsync(sold.State.Standing!);

        var deal = await Eventually.DoneAsync("the deal is settled", negotiation.WaitForDealAsync());
        Assert.Equal(525_00, deal.Total.MinorUnits);
        await _host.DisposeAsync();
        Assert.True(OfflineAudit.Verify(_folder.Path).IsSound);
    }

    [Fact]
    public async Task The_best_of_a_first_round_give_their_best_and_final_bids_in_a_second_one()
    {
        var first = await OpenAsync(invited: true);
        await _sellers[0].BidAsync(90_00, 7);
        await _sellers[1].BidAsync(85_00, 7);
        await _sellers[2].BidAsync(120_00, 7);
        var early = await Assert.ThrowsAsync<MarketRefusedException>(() => OpenFinalAsync(first));
        Assert.Equal(RefusalCode.FinalRoundOfUnknownTender, early.Code);
        _time.Advance(Window);
        await Eventually.DoneAsync("the first reveal", first.WaitForRevealAsync());

        var last = await OpenFinalAsync(first);
        var call = await _sellers[0].CallAsync(last.Id);
        Assert.Equal(first.Id, call.FinalRoundOf);
        var stranger = await Assert.ThrowsAsync<MarketRefusedException>(
            () => _sellers[2].Agent.Client.BidAsync(call, _sellers[2].Listing, Quote(60_00, 7)));
        Assert.Equal(RefusalCode.TenderNotFound, stranger.Code);
        await _sellers[0].Agent.Client.BidAsync(call, _sellers[0].Listing, Quote(80_00, 7));
        await _sellers[1].Agent.Client.BidAsync(
            await _sellers[1].CallAsync(last.Id), _sellers[1].Listing, Quote(78_00, 7));
        _time.Advance(Window);
        await Eventually.DoneAsync("the last reveal", last.WaitForRevealAsync());

        var bids = await AllAsync(last);
        Assert.All(bids, static bid => Assert.True(bid.Offer.IsFinal));
        Assert.Equal([78_00L, 80_00], bids.Select(bid => bid.Offer.Terms.Outcome[0]).Order());
        var deal = await Eventually.DoneAsync(
            "the best is awarded", last.AwardAsync(bids.MinBy(bid => bid.Offer.Terms.Outcome[0])!));
        Assert.Equal(7 * 78_00, deal.Total.MinorUnits);
        await _host.DisposeAsync();
        Assert.True(OfflineAudit.Verify(_folder.Path).IsSound);
    }

    [Fact]
    public async Task A_firm_bid_without_its_sellers_signature_and_a_bid_on_anothers_listing_are_refused()
    {
        await OpenAsync(invited: true);
        var bob = _sellers[0];
        await using var unsigned = await MarketClient.ConnectAsync(
            _host.Uri, bob.Agent.Key, new MarketClientOptions { Signing = SigningPolicy.Never });
        var call = await bob.CallAsync();

        var bare = await Assert.ThrowsAsync<MarketRefusedException>(
            () => unsigned.BidAsync(call, bob.Listing, Quote(90_00, 7)));
        var anothers = await Assert.ThrowsAsync<MarketRefusedException>(
            () => bob.Agent.Client.BidAsync(call, _sellers[1].Listing, Quote(90_00, 7)));

        Assert.Equal(RefusalCode.SignatureRequired, bare.Code);
        Assert.Equal(RefusalCode.ListingIsNotYours, anothers.Code);
    }

    private static ProposedOffer Quote(long price, long quantity) =>
        ProposedOffer.Firm(Agenda.TermsOf(Outcome.Of(price, quantity)));

    private static async Task<List<Bid>> AllAsync(Tender tender)
    {
        var bids = new List<Bid>();
        await foreach (var bid in tender.BidsAsync())
        {
            bids.Add(bid);
        }

        return bids;
    }

    private int? PlaceOf(List<Bid> bids, int seller) =>
        bids.Single(bid => bid.Seller == _sellers[seller].Agent.Number).Place;

    private async Task<TenderCall> FindAsync()
    {
        await foreach (var call in _sellers[0].Agent.Client.FindTendersAsync())
        {
            return call;
        }

        throw new InvalidOperationException("No tender is open.");
    }

    private async Task<Tender> OpenAsync(bool invited)
    {
        _request = await _alice.Client.PublishRequestAsync(new RequestDraft(
            "Seven machines", "For the new office.", Quantity: 7, Currency: Currency.Usd, Issues: Agenda.Issues));
        return await _alice.Client.OpenTenderAsync(_request, new TenderSettings
        {
            Window = Window,
            Duration = TimeSpan.FromHours(1),
            Invited = invited ? _sellers.Select(seller => seller.Agent.Number).ToValueArray() : [],
        });
    }

    private Task<Tender> OpenFinalAsync(Tender first) => _alice.Client.OpenTenderAsync(_request!, new TenderSettings
    {
        Window = Window,
        Invited = [_sellers[0].Agent.Number, _sellers[1].Agent.Number],
        FinalRoundOf = first.Id,
    });

    private async Task NobodyButTheBidderKnowsAsync(Tender tender)
    {
        var view = await _alice.Client.GetTenderAsync(tender.Id);
        Assert.Equal((TenderStatus.Collecting, null), (view.Status, view.Reveal));
        var sealedStill = await Assert.ThrowsAsync<MarketRefusedException>(() => AllAsync(tender));
        Assert.Equal(RefusalCode.BidsAreSealed, sealedStill.Code);
        foreach (var seller in _sellers)
        {
            Assert.All(
                seller.Notices.OfType<BidSubmitted>(), bid => Assert.Equal(seller.Agent.Number, bid.Bid.Seller.Agent));
        }
    }

    private async Task StartAsync() => _host = await MarketHost.StartAsync(new MarketSiloOptions
    {
        DataFolder = _folder.Path,
        Endpoints = [new IPEndPoint(IPAddress.Loopback, _port)],
        StartingBalance = Wares.Dollars(2_000_00),
        TimeProvider = _time,
    });

    /// <summary>A seller of machines, which keeps what it is told of tenders.</summary>
    private sealed class Bidder
    {
        private readonly ConcurrentQueue<AgentEvent> _notices = new();

        private Bidder(TestAgent agent, Listing listing) => (Agent, Listing) = (agent, listing);

        public TestAgent Agent { get; }

        public Listing Listing { get; }

        public IReadOnlyCollection<AgentEvent> Notices => _notices;

        public static async Task<Bidder> ConnectAsync(Uri market, string name)
        {
            var agent = await TestAgent.SellerAsync(market, name);
            var listing = await agent.Client.PublishListingAsync(new ListingDraft(
                "Espresso machine", "machines", "New.", [new ListingLine("machine", 120_00)], [], Currency.Usd,
                Agenda.Issues, [], Stock: 10));
            var bidder = new Bidder(agent, listing);
            _ = bidder.ReadAsync();
            return bidder;
        }

        public async Task<TenderCall> CallAsync(TenderId? tender = null)
        {
            bool IsIt(SellerInvited invited) => tender is null || invited.Tender == tender;
            await Eventually.TrueAsync("an invitation comes", () => _notices.OfType<SellerInvited>().Any(IsIt));
            return _notices.OfType<SellerInvited>().First(IsIt).Call;
        }

        public async Task BidAsync(long price, long quantity) =>
            await Agent.Client.BidAsync(await CallAsync(), Listing, Quote(price, quantity));

        private async Task ReadAsync()
        {
            await foreach (var notice in Agent.Client.NoticesAsync())
            {
                _notices.Enqueue(notice.Event);
            }
        }
    }
}
