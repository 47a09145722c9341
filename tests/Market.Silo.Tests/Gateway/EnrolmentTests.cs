using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Gateway;

/// <summary>Nobody comes in without the word of its principal (S2), and what that says is exact.</summary>
public sealed class EnrolmentTests : IAsyncLifetime
{
    private readonly ECDsa _alice = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private TestMarket _market = null!;

    public async Task InitializeAsync() => _market = await TestMarket.StartAsync();

    public async Task DisposeAsync()
    {
        await _market.DisposeAsync();
        _alice.Dispose();
    }

    [Fact]
    public async Task Registration_needs_an_enrolment_that_is_signed_for_this_market_key_and_profile()
    {
        await using var agent = await TestAgent.AuthenticateAsync(_market.Uri);
        var good = agent.Registration(Some.Profile(), _alice);
        var enrolment = good.Enrolment!;

        Refusal.Is(EnrolmentRefusal.EnrolmentRequired, await agent.AskAsync(new Register(Some.Profile())));
        Refusal.Is(EnrolmentRefusal.EnrolmentKeyIsInvalid, await agent.AskAsync(
            good with { Enrolment = enrolment with { PublicKey = new byte[91] } }));
        Refusal.Is(EnrolmentRefusal.EnrolmentSignatureIsWrong, await agent.AskAsync(
            good with { Enrolment = enrolment with { Signature = new byte[64] } }));
        Refusal.Is(EnrolmentRefusal.EnrolmentSignatureIsWrong, await agent.AskAsync(
            good with { Enrolment = enrolment with { PublicKey = agent.Key.ExportSubjectPublicKeyInfo() } }));
        Refusal.Is(EnrolmentRefusal.EnrolmentIsInvalid, await agent.AskAsync(
            good with { Enrolment = agent.EnrolmentOf([0x90], _alice) }));
        Refusal.Is(EnrolmentRefusal.EnrolmentHasExpired, await agent.AskAsync(
            agent.Registration(Some.Profile(), _alice, TimeSpan.Zero)));
        Assert.NotNull((await agent.AskAsync<Welcome>(good)).Agent);
    }

    [Fact]
    public async Task An_enrolment_of_another_market_is_none_here()
    {
        await using var other = await TestMarket.StartAsync();
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var there = await TestAgent.AuthenticateAsync(other.Uri, CopyOf(key));
        await using var here = await TestAgent.AuthenticateAsync(_market.Uri, key);
        var elsewhere = there.Registration(Some.Profile(), _alice);
        Refusal.Is(EnrolmentRefusal.EnrolmentSignatureIsWrong, await here.AskAsync(elsewhere));
        await there.AskAsync<Welcome>(elsewhere);
    }

    [Fact]
    public async Task Another_agents_enrolment_and_a_forged_disclosure_are_refused()
    {
        await using var first = await TestAgent.AuthenticateAsync(_market.Uri);
        await using var second = await TestAgent.AuthenticateAsync(_market.Uri);
        var registration = first.Registration(Some.Profile(), _alice);
        Refusal.Is(EnrolmentRefusal.EnrolmentIsForAnotherKey, await second.AskAsync(registration));

        var forged = Some.Profile() with { Disclosure = new Disclosure("Somebody else", "human", "") };
        Refusal.Is(
            EnrolmentRefusal.EnrolmentProfileDiffers, await first.AskAsync(registration with { Profile = forged }));
    }

    [Fact]
    public async Task A_principal_has_several_agents_and_they_do_not_trade_with_each_other()
    {
        await using var seller = await RegisterAsync(AgentRole.Seller);
        await using var buyer = await RegisterAsync(AgentRole.Buyer);
        Assert.Equal(seller.Agent!.Principal, buyer.Agent!.Principal);
        Assert.NotEqual(seller.Agent.Number, buyer.Agent.Number);

        var listing = (await seller.AskAsync<ListingPublished>(
            new PublishListing(Some.Message(), Some.Listing()))).Listing;
        Refusal.Is(
            NegotiationRefusal.PrincipalsAreTheSame,
            await buyer.AskAsync(buyer.Signed(Some.Opening(listing, offer: Some.Offer(6_000)))));
    }

    [Fact]
    public async Task Nobody_brings_an_agent_to_a_handle_that_is_anothers()
    {
        await using var alices = await RegisterAsync(AgentRole.Buyer);
        await using var mallory = await TestAgent.AuthenticateAsync(_market.Uri);
        Refusal.Is(EnrolmentRefusal.PrincipalBelongsToAnotherKey, await mallory.AskAsync(
            mallory.Registration(Some.Profile())));
        Refusal.Is(EnrolmentRefusal.PrincipalBelongsToAnotherKey, await mallory.AskAsync(
            mallory.Registration(Some.Profile(), alices.Key)));
    }

    [Fact]
    public async Task Counterparties_see_what_was_declared_and_strangers_nothing()
    {
        var (buyer, seller, listing) = await _market.TradersAsync();
        await using var disposeBuyer = buyer;
        await using var disposeSeller = seller;
        var opened = await buyer.AskAsync<ActRecorded>(
            buyer.Signed(Some.Opening(listing, offer: Some.Offer(6_000))));

        var shown = await buyer.AskAsync<CounterpartyShown>(new GetCounterparty(opened.Negotiation));
        Assert.Equal(new CounterpartyShown("bob's agent", "Tests Ltd", "scripted", "1", true, "bob"), shown);
        var other = await seller.AskAsync<CounterpartyShown>(new GetCounterparty(opened.Negotiation));
        Assert.Equal("alice", other.Principal);

        await using var stranger = await _market.BuyerAsync("mallory");
        var foreign = Refusal.Is(
            NegotiationRefusal.NegotiationNotFound, await stranger.AskAsync(new GetCounterparty(opened.Negotiation)));
        Assert.Equal(foreign, await stranger.AskAsync(new GetCounterparty(new NegotiationId(Guid.CreateVersion7()))));
    }

    private async Task<TestAgent> RegisterAsync(AgentRole role)
    {
        var agent = await TestAgent.AuthenticateAsync(_market.Uri);
        await agent.RegisterAsync(Some.Profile(role), _alice);
        return agent;
    }

    private static ECDsa CopyOf(ECDsa key) => ECDsa.Create(key.ExportParameters(includePrivateParameters: true));
}
