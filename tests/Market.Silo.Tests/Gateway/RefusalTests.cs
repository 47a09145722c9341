using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Mandates;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Gateway;

/// <summary>What the gateway refuses by itself, and how what grains refuse looks to an agent.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private TestMarket _market = null!;
    private TestAgent _buyer = null!;
    private TestAgent _seller = null!;
    private Listing _listing = null!;

    public async Task InitializeAsync()
    {
        _market = await TestMarket.StartAsync();
        (_buyer, _seller, _listing) = await _market.TradersAsync();
    }

    public async Task DisposeAsync()
    {
        await _buyer.DisposeAsync();
        await _seller.DisposeAsync();
        await _market.DisposeAsync();
    }

    [Fact]
    public async Task Acts_of_the_other_role_are_refused()
    {
        Refusal.Is(
            EnrolmentRefusal.WrongRole, await _buyer.AskAsync(new PublishListing(Some.Message(), Some.Listing())));
        Refusal.Is(EnrolmentRefusal.WrongRole, await _seller.AskAsync(
            new PublishRequest(Some.Message(), new RequestDraft("A machine", "", 1))));
        Refusal.Is(EnrolmentRefusal.WrongRole, await _seller.AskAsync(Some.Opening(_listing)));
    }

    [Fact]
    public async Task A_principal_belongs_to_the_key_that_brought_it()
    {
        await using var other = await TestAgent.AuthenticateAsync(_market.Uri);
        Refusal.Is(EnrolmentRefusal.PrincipalBelongsToAnotherKey, await other.AskAsync(
            other.Registration(Some.Profile())));
        Refusal.Is(EnrolmentRefusal.ProfileIsInvalid, await other.AskAsync(
            other.Registration(Some.Profile(principal: "No Handle"))));
        Refusal.Is(EnrolmentRefusal.DisclosureRequired, await other.AskAsync(other.Registration(
            Some.Profile(principal: "carol") with { Disclosure = new Disclosure("", "", "", DeclaredAi: false) })));
    }

    [Fact]
    public async Task A_strangers_negotiation_and_one_that_is_not_there_get_the_same_bytes()
    {
        var opened = await _buyer.AskAsync<ActRecorded>(Some.Opening(_listing));
        await using var stranger = await _market.BuyerAsync("mallory");
        foreach (var act in ActsIn(opened.Negotiation))
        {
            var absent = act with { Negotiation = new NegotiationId(Guid.CreateVersion7()) };
            var foreign = await stranger.AskAsync(stranger.Signed(act));
            Refusal.Is(NegotiationRefusal.NegotiationNotFound, foreign);
            Assert.Equal(
                WireCatalog.EncodeTagged(foreign),
                WireCatalog.EncodeTagged(await stranger.AskAsync(stranger.Signed(absent))));
            Assert.Equal(WireCatalog.EncodeTagged(foreign), WireCatalog.EncodeTagged(await stranger.AskAsync(absent)));
        }
    }

    [Fact]
    public async Task A_retry_gets_the_same_answer_and_another_payload_is_refused()
    {
        var opening = Some.Opening(_listing);
        var opened = await _buyer.AskAsync<ActRecorded>(opening);
        Assert.Equal(opened, await _buyer.AskAsync(opening));
        Assert.Equal(opened, await _buyer.AskAsync(_buyer.Signed(opening)));
        Refusal.Is(NegotiationRefusal.MessageIdReused, await _buyer.AskAsync(opening with { RoundsMax = 11 }));

        var offer = new MakeOffer(Some.Message(), opened.Negotiation, 1, Some.Offer(7_000));
        var made = await _buyer.AskAsync<ActRecorded>(_buyer.Signed(offer));
        Assert.Equal(made, await _buyer.AskAsync(_buyer.Signed(offer)));
        Refusal.Is(
            NegotiationRefusal.MessageIdReused, await _buyer.AskAsync(
                _buyer.Signed(offer with { Offer = Some.Offer(7_001) })));

        var publish = new PublishListing(Some.Message(), Some.Listing("Another"));
        var published = await _seller.AskAsync<ListingPublished>(publish);
        var again = await _seller.AskAsync<ListingPublished>(publish);
        Assert.Equal(published.Listing.Id, again.Listing.Id);
        Refusal.Is(
            ListingRefusal.MessageIdReused, await _seller.AskAsync(publish with { Draft = Some.Listing("Other") }));
    }

    [Fact]
    public async Task Openings_name_what_is_there()
    {
        Refusal.Is(ListingRefusal.ListingNotFound, await _buyer.AskAsync(
            Some.Opening(_listing) with { Listing = new ListingId(Guid.CreateVersion7()) }));
        Refusal.Is(ListingRefusal.ListingVersionIsStale, await _buyer.AskAsync(
            Some.Opening(_listing) with { ListingVersion = 2 }));
        Refusal.Is(ListingRefusal.OrderIsInvalid, await _buyer.AskAsync(
            Some.Opening(_listing) with { Order = [new OrderLine(9, 1)] }));
        Refusal.Is(ListingRefusal.RequestNotFound, await _buyer.AskAsync(
            Some.Opening(_listing) with { Request = new RequestId(Guid.CreateVersion7()) }));
        Refusal.Is(
            NegotiationRefusal.RoundsOutOfRange, await _buyer.AskAsync(Some.Opening(_listing) with { RoundsMax = 0 }));
    }

    [Fact]
    public async Task Another_buyers_request_is_not_found()
    {
        await using var other = await _market.BuyerAsync("carol");
        var request = (await other.AskAsync<RequestPublished>(
            new PublishRequest(Some.Message(), new RequestDraft("A machine", "", 1)))).Request;
        Refusal.Is(ListingRefusal.RequestNotFound, await _buyer.AskAsync(
            Some.Opening(_listing) with { Request = request.Id }));
    }

    [Fact]
    public async Task Mandates_are_granted_once_and_revoked_by_their_own_principal()
    {
        var grant = new GrantOwnMandate(Some.Message(), Currency.Usd, 10_000, 15_000, TimeSpan.FromDays(5));
        var granted = await _buyer.AskAsync<Domain.Wire.Messages.MandateGranted>(grant);
        Assert.Equal(granted, await _buyer.AskAsync(grant));
        Refusal.Is(NegotiationRefusal.MessageIdReused, await _buyer.AskAsync(grant with { BudgetMaxMinor = 20_000 }));
        Refusal.Is(LedgerRefusal.MandateMalformed, await _buyer.AskAsync(
            grant with { Message = Some.Message(), ValidFor = TimeSpan.MaxValue }));
        Refusal.Is(LedgerRefusal.MandateMalformed, await _buyer.AskAsync(
            grant with { Message = Some.Message(), PerDealMaxMinor = 0 }));
        var old = new MessageId(Guid.CreateVersion7(DateTimeOffset.UtcNow.AddDays(-8)));
        Refusal.Is(NegotiationRefusal.MessageIdTooOld, await _buyer.AskAsync(grant with { Message = old }));

        var revoke = new RevokeOwnMandate(Some.Message(), granted.Mandate);
        Refusal.Is(LedgerRefusal.MandateUnknown, await _seller.AskAsync(revoke));
        await _buyer.AskAsync<LedgerRecorded>(revoke);
    }

    [Fact]
    public async Task A_mandate_is_suspended_resumed_and_asked_about_by_its_own_principal()
    {
        var grant = new GrantOwnMandate(
            Some.Message(), Currency.Usd, 10_000, 15_000, TimeSpan.FromDays(5), BudgetWindow.Month,
            MandateActions.Buy, ["machines"], DealsMax: 3, DelegationDepthMax: 1, StartsIn: TimeSpan.FromHours(1));
        var granted = await _buyer.AskAsync<Domain.Wire.Messages.MandateGranted>(grant);
        var suspend = new SuspendOwnMandate(Some.Message(), granted.Mandate, 1);
        var suspended = await _buyer.AskAsync<MandateChanged>(suspend);
        Assert.Equal(2, suspended.Revision);
        var resumed = await _buyer.AskAsync<MandateChanged>(
            new ResumeOwnMandate(Some.Message(), granted.Mandate, 2));
        Assert.Equal(suspended, await _buyer.AskAsync(suspend));
        Refusal.Is(LedgerRefusal.MandateRevisionIsStale, await _buyer.AskAsync(
            new SuspendOwnMandate(Some.Message(), granted.Mandate, 2)));

        var state = await _buyer.AskAsync<MandateState>(new GetMandate(granted.Mandate));
        Assert.Equal((3, MandateStatus.Active), (state.Revision, state.Status));
        Assert.Equal((resumed.Entry, 0L), (state.AsOfEntry, state.WindowUsedMinor));
        Assert.Equal(
            (BudgetWindow.Month, MandateActions.Buy, 3, 1),
            (state.Mandate.Window, state.Mandate.Actions, state.Mandate.DealsMax, state.Mandate.DelegationDepthMax));
        Assert.Equal(["machines"], state.Mandate.Categories);
        Assert.Equal(TimeSpan.FromDays(5), state.Mandate.ExpiresAt - state.Mandate.NotBefore);

        Refusal.Is(LedgerRefusal.MandateUnknown, await _seller.AskAsync(new GetMandate(granted.Mandate)));
        Refusal.Is(LedgerRefusal.MandateUnknown, await _seller.AskAsync(suspend));
    }

    [Fact]
    public async Task A_delegated_mandate_that_is_wider_is_refused_by_the_name_of_the_element()
    {
        var grant = new GrantOwnMandate(
            Some.Message(), Currency.Usd, 10_000, 15_000, TimeSpan.FromDays(5), DelegationDepthMax: 1);
        var parent = (await _buyer.AskAsync<Domain.Wire.Messages.MandateGranted>(grant)).Mandate;
        var child = grant with
        {
            Message = Some.Message(),
            Parent = parent,
            ValidFor = TimeSpan.FromDays(1),
            DelegationDepthMax = 0,
        };
        var refused = Refusal.Is(
            LedgerRefusal.MandateNotNarrower, await _buyer.AskAsync(child with { BudgetMaxMinor = 15_001 }));
        Assert.Contains("BudgetMaxMinor", refused.Explanation, StringComparison.Ordinal);
        await _buyer.AskAsync<Domain.Wire.Messages.MandateGranted>(child);
    }

    [Fact]
    public async Task A_delegated_mandate_that_holds_at_once_begins_with_its_parent_though_a_clock_is_slow()
    {
        var grant = new GrantOwnMandate(
            Some.Message(), Currency.Usd, 10_000, 15_000, TimeSpan.FromDays(5), DelegationDepthMax: 1);
        var parent = (await _buyer.AskAsync<Domain.Wire.Messages.MandateGranted>(grant)).Mandate;
        var slow = new MessageId(Guid.CreateVersion7(DateTimeOffset.UtcNow.AddSeconds(-30)));
        var child = grant with { Message = slow, Parent = parent, ValidFor = TimeSpan.FromDays(1) };
        child = child with { DelegationDepthMax = 0 };
        var granted = await _buyer.AskAsync<Domain.Wire.Messages.MandateGranted>(child);
        Assert.Equal(granted, await _buyer.AskAsync(child));

        var begins = (await _buyer.AskAsync<MandateState>(new GetMandate(parent))).Mandate.NotBefore;
        var state = await _buyer.AskAsync<MandateState>(new GetMandate(granted.Mandate));
        Assert.Equal(begins, state.Mandate.NotBefore);
        Assert.Equal(MessageIds.TimeOf(slow) + TimeSpan.FromDays(1), state.Mandate.ExpiresAt);
    }

    [Fact]
    public async Task A_firm_offer_beyond_the_own_mandate_is_refused_with_the_numbers_and_one_within_is_recorded()
    {
        var grant = new GrantOwnMandate(
            Some.Message(), Currency.Usd, 6_000, 15_000, TimeSpan.FromDays(5), Categories: ["Machines"]);
        var mandate = (await _buyer.AskAsync<Domain.Wire.Messages.MandateGranted>(grant)).Mandate;
        var opening = Some.Opening(_listing, offer: Some.Offer(6_001)) with { Mandate = mandate };
        var refused = Refusal.Is(
            LedgerRefusal.MandatePerDealMaxExceeded, await _buyer.AskAsync(_buyer.Signed(opening)));
        Assert.EndsWith("Asked: 6001; allowed: 6000.", refused.Explanation, StringComparison.Ordinal);
        await _buyer.AskAsync<ActRecorded>(_buyer.Signed(
            Some.Opening(_listing, offer: Some.Offer(6_000)) with { Mandate = mandate }));
    }

    [Fact]
    public async Task A_page_of_search_results_fits_a_frame_and_says_that_there_is_more()
    {
        for (var i = 0; i < 5; i++)
        {
            await _seller.AskAsync<ListingPublished>(new PublishListing(Some.Message(), Some.LargeListing()));
        }

        var found = new List<ListingId>();
        ListingsFound page;
        do
        {
            page = await _buyer.AskAsync<ListingsFound>(
                Some.Search() with { After = found.Count == 0 ? null : found[^1], CountMax = 100 });
            var length = TestAgent.FrameOf(uint.MaxValue, page).Length;
            Assert.True(length <= MarketLimits.FrameBytesMax || page.Listings.Count == 1);
            found.AddRange(page.Listings.Select(listing => listing.Id));
        }
        while (page.HasMore);
        Assert.Equal(6, found.Distinct().Count());
    }

    private static IEnumerable<NegotiationAct> ActsIn(NegotiationId negotiation) =>
    [
        new MakeOffer(Some.Message(), negotiation, 1, Some.Offer(7_000)),
        new AcceptOffer(Some.Message(), negotiation, 1, 1, default),
        new WithdrawOffer(Some.Message(), negotiation, 1, 1),
        new RejectOffer(Some.Message(), negotiation, 1, 1, ReasonCode.Price),
        new LeaveNegotiation(Some.Message(), negotiation, 1, ReasonCode.Other),
        new JoinNegotiation(Some.Message(), negotiation, 1),
    ];
}
