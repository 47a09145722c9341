using Market.Client;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Hosting;
using Market.Domain.Wire.Messages;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Hosting;

/// <summary>What is wrong with a session key or a hosted strategy is said to its agent, element by element.</summary>
public sealed class HostingRefusalTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task A_session_key_is_enrolled_by_its_agents_signature_alone()
    {
        await using var market = await TestMarket.StartAsync();
        await using var seller = await TestAgent.RegisterAsync(market.Uri, AgentRole.Seller, "bob");
        await using var other = await TestAgent.RegisterAsync(market.Uri, AgentRole.Seller, "carol");
        var mandate = await MandateAsync(seller);
        var made = await seller.AskAsync<SessionKeyMade>(new MakeSessionKey(Some.Message()));
        var enrol = Enrol(made, mandate);

        await RefusedAsync(seller, enrol, HostingRefusal.EnrolmentNotSigned);
        var forged = other.Signed(enrol);
        Assert.Equal((int)GatewayRefusal.SignatureIsWrong, (await seller.AskAsync<Refused>(forged)).Code);
        await RefusedAsync(other, other.Signed(enrol), HostingRefusal.SessionKeyUnknown);
        await RefusedAsync(
            seller,
            seller.Signed(enrol with { PublicKey = seller.Key.ExportSubjectPublicKeyInfo() }),
            HostingRefusal.SessionKeyDiffers);
        await RefusedAsync(
            seller, seller.Signed(enrol with { ExpiresAt = new LedgerTime(1) }),
            HostingRefusal.SessionKeyExpiryOutOfRange);
        var notItsOwn = enrol with { Mandate = await MandateAsync(other) };
        Assert.Equal((int)RefusalCode.MandateUnknown, (await seller.AskAsync<Refused>(seller.Signed(notItsOwn))).Code);

        var signed = seller.Signed(enrol);
        var recorded = await seller.AskAsync<SessionKeyRecorded>(signed);
        Assert.Equal(recorded, await seller.AskAsync<SessionKeyRecorded>(signed));
        await RefusedAsync(
            seller, seller.Signed(enrol with { Actions = SessionKeyActions.Accept }),
            HostingRefusal.SessionKeyEnrolledDifferently);
        await RefusedAsync(
            other, new RevokeSessionKey(Some.Message(), made.Key), HostingRefusal.SessionKeyUnknown);
    }

    [Fact]
    public async Task A_retry_of_a_session_key_or_a_hosting_gets_the_same_answer()
    {
        await using var market = await TestMarket.StartAsync(durable: true);
        await using var seller = await TestAgent.RegisterAsync(market.Uri, AgentRole.Seller, "bob");
        var host = await HostableAsync(seller);
        var make = new MakeSessionKey(Some.Message());
        var made = await seller.AskAsync<SessionKeyMade>(make);
        var again = await seller.AskAsync<SessionKeyMade>(make);
        Assert.Equal(made.Key, again.Key);
        Assert.True(made.PublicKey.Span.SequenceEqual(again.PublicKey.Span));

        var recorded = await seller.AskAsync<HostingRecorded>(host);
        Assert.Equal(recorded, await seller.AskAsync<HostingRecorded>(host));
        var otherLimits = host with { Utility = HostedUtility.PriceAtLeast(7_000) };
        await RefusedAsync(seller, otherLimits, HostingRefusal.MessageIdReused);
        await RefusedAsync(seller, host with { Strategy = "Boulware" }, HostingRefusal.MessageIdReused);

        var stop = new StopHosting(Some.Message(), recorded.Hosting);
        var stopped = await seller.AskAsync<HostingRecorded>(stop);
        Assert.Equal(stopped, await seller.AskAsync<HostingRecorded>(stop));
        Assert.Equal(recorded, await seller.AskAsync<HostingRecorded>(host));
        Assert.Single((await seller.AskAsync<HostingState>(new GetHosting())).Hostings);
    }

    [Fact]
    public async Task A_hosting_is_refused_element_by_element()
    {
        await using var market = await TestMarket.StartAsync();
        await using var seller = await TestAgent.RegisterAsync(market.Uri, AgentRole.Seller, "bob");
        var host = await HostableAsync(seller);
        Task RefuseAsync(HostStrategy wrong, HostingRefusal refusal) =>
            RefusedAsync(seller, wrong with { Message = Some.Message() }, refusal);

        await RefuseAsync(host with { Strategy = "Clairvoyant" }, HostingRefusal.StrategyUnknown);
        await RefuseAsync(host with { Strategy = "MiCRO+model:frequency" }, HostingRefusal.StrategyUnknown);
        await RefuseAsync(host with { Strategy = "Linear + model:Bayesian" }, HostingRefusal.StrategyUnknown);
        await RefuseAsync(
            host with { Utility = host.Utility with { ReservationValue = double.NaN } },
            HostingRefusal.UtilityIsInvalid);
        await RefuseAsync(
            host with { Utility = host.Utility with { Issues = [new IssueUtility(1, Table: [1, 2, 3])] } },
            HostingRefusal.UtilityIsInvalid);
        await RefuseAsync(
            host with { SessionKey = new SessionKeyId(Guid.CreateVersion7()) }, HostingRefusal.SessionKeyUnknown);
        await RefuseAsync(
            host with { Mandate = await MandateAsync(seller) }, HostingRefusal.SessionKeyOfAnotherMandate);
        await RefuseAsync(host with { Listings = [] }, HostingRefusal.SubjectsAreInvalid);
        await RefuseAsync(
            host with { Listings = [new ListingId(Guid.CreateVersion7())] }, HostingRefusal.SubjectNotFound);
        await RefuseAsync(
            host with { Negotiations = [new NegotiationId(Guid.CreateVersion7())] }, HostingRefusal.SubjectNotFound);
        var unbound = await seller.AskAsync<ListingPublished>(
            new PublishListing(Some.Message(), HostedBench.Draft(mandate: null)));
        await RefuseAsync(
            host with { Listings = [unbound.Listing.Id] }, HostingRefusal.SubjectUnderAnotherMandate);

        await seller.AskAsync<HostingRecorded>(host);
        await RefuseAsync(host, HostingRefusal.SubjectHostedAlready);
        await seller.AskAsync<SessionKeyRecorded>(new RevokeSessionKey(Some.Message(), host.SessionKey));
        await RefuseAsync(host, HostingRefusal.SessionKeyIsRevoked);
    }

    [Fact]
    public async Task What_is_not_ones_own_cannot_be_stopped_or_seen()
    {
        await using var market = await TestMarket.StartAsync();
        await using var seller = await TestAgent.RegisterAsync(market.Uri, AgentRole.Seller, "bob");
        await using var other = await TestAgent.RegisterAsync(market.Uri, AgentRole.Seller, "carol");
        var recorded = await seller.AskAsync<HostingRecorded>(await HostableAsync(seller));
        await RefusedAsync(
            other, new StopHosting(Some.Message(), recorded.Hosting), HostingRefusal.HostingNotFound);
        Assert.Empty((await other.AskAsync<HostingState>(new GetHosting())).Hostings);
        Assert.Null(Assert.Single((await seller.AskAsync<HostingState>(new GetHosting())).Hostings).End);
    }

    [Fact]
    public async Task An_agent_has_at_most_so_many_session_keys_and_may_have_more_when_some_are_taken_back()
    {
        await using var market = await TestMarket.StartAsync(durable: true);
        await using var seller = await TestAgent.RegisterAsync(market.Uri, AgentRole.Seller, "bob");
        var mandate = await MandateAsync(seller);
        var keys = new List<SessionKeyId>();
        for (var i = 0; i < HostingLimits.SessionKeysMax; i++)
        {
            keys.Add(await EnrolledAsync(seller, mandate));
        }

        var made = await seller.AskAsync<SessionKeyMade>(new MakeSessionKey(Some.Message()));
        await RefusedAsync(seller, seller.Signed(Enrol(made, mandate)), HostingRefusal.TooManySessionKeys);
        await seller.AskAsync<SessionKeyRecorded>(new RevokeSessionKey(Some.Message(), keys[0]));
        await seller.AskAsync<SessionKeyRecorded>(seller.Signed(Enrol(made, mandate)));
    }

    private static EnrolSessionKey Enrol(SessionKeyMade made, MandateId mandate) => new(
        Some.Message(), made.Key, made.PublicKey, mandate, LedgerTime.FromUtc(DateTimeOffset.UtcNow) + Day);

    private static async Task RefusedAsync(TestAgent agent, object message, HostingRefusal refusal)
    {
        var refused = await agent.AskAsync<Refused>(message);
        Assert.Equal((refusal.ToString(), (int)refusal), (refused.Name, refused.Code));
    }

    private static async Task<MandateId> MandateAsync(TestAgent agent) => (await agent.AskAsync<MandateGranted>(
        new GrantOwnMandate(Some.Message(), Currency.Usd, 1_000_00, 10_000_00, Day))).Mandate;

    private static async Task<SessionKeyId> EnrolledAsync(TestAgent agent, MandateId mandate)
    {
        var made = await agent.AskAsync<SessionKeyMade>(new MakeSessionKey(Some.Message()));
        return (await agent.AskAsync<SessionKeyRecorded>(agent.Signed(Enrol(made, mandate)))).Key;
    }

    /// <summary>A hosting that the market would take.</summary>
    private static async Task<HostStrategy> HostableAsync(TestAgent seller)
    {
        var mandate = await MandateAsync(seller);
        var key = await EnrolledAsync(seller, mandate);
        var published = await seller.AskAsync<ListingPublished>(
            new PublishListing(Some.Message(), HostedBench.Draft(mandate)));
        return new HostStrategy(
            Some.Message(), "Linear", HostedUtility.PriceAtLeast(6_000), mandate, key, [published.Listing.Id]);
    }
}
