using System.Security.Cryptography;
using Market.Domain.Enrolling;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Limiting;

/// <summary>How fast an agent and a principal may send: n - 1, n and n + 1, and when more is taken again.</summary>
public sealed class RateLimitTests
{
    private const int Burst = 5;

    [Fact]
    public async Task An_agent_sends_its_burst_and_then_at_its_rate_over_all_its_connections()
    {
        await using var limited = await LimitedMarket.StartAsync(
            new OperatorLimits { AgentRequestsPerSecond = 2, AgentRequestsBurst = Burst });
        await using var buyer = await limited.Market.BuyerAsync(); // its registration was another sender's request
        await using var again = await TestAgent.AuthenticateAsync(limited.Market.Uri, Copy(buyer.Key));
        for (var i = 0; i < Burst; i++)
        {
            await (i % 2 == 0 ? buyer : again).AskAsync<Balances>(new GetBalances());
        }

        var refused = Refusal.Is(GatewayRefusal.RateLimited, await again.AskAsync(new GetBalances()));
        Assert.Equal(TimeSpan.FromSeconds(0.5), refused.RetryAfter);
        Refusal.Is(GatewayRefusal.RateLimited, await buyer.AskAsync(new Subscribe(default)));
        limited.Time.Advance(refused.RetryAfter!.Value);
        await buyer.AskAsync<Balances>(new GetBalances());
        Refusal.Is(GatewayRefusal.RateLimited, await again.AskAsync(new GetBalances()));

        // Coming again resets nothing, and another agent has a rate of its own.
        await buyer.DisposeAsync();
        await using var seller = await limited.Market.SellerAsync();
        await seller.AskAsync<Balances>(new GetBalances());
        Refusal.Is(GatewayRefusal.RateLimited, await again.AskAsync(new GetBalances()));
    }

    [Fact]
    public async Task What_is_no_message_counts_too()
    {
        await using var limited = await LimitedMarket.StartAsync(
            new OperatorLimits { AgentRequestsPerSecond = 1, AgentRequestsBurst = 2 });
        await using var buyer = await limited.Market.BuyerAsync();
        await buyer.SendBytesAsync([0xC1]);
        await buyer.SendBytesAsync([0xC1]);
        Refusal.Is(GatewayRefusal.FrameIsInvalid, await buyer.Notices.ReadAsync());
        Refusal.Is(GatewayRefusal.FrameIsInvalid, await buyer.Notices.ReadAsync());
        Refusal.Is(GatewayRefusal.RateLimited, await buyer.AskAsync(new GetBalances()));
    }

    [Fact]
    public async Task A_principals_agents_and_its_own_key_share_a_rate()
    {
        await using var limited = await LimitedMarket.StartAsync(
            new OperatorLimits { PrincipalRequestsPerSecond = 1, PrincipalRequestsBurst = Burst });
        await using var buyer = await limited.Market.BuyerAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await buyer.AskAsync<PrincipalEnrolled>(Enrolment(buyer, key));
        await using var alice = await TestAgent.AuthenticateAsync(limited.Market.Uri, Copy(key));
        for (var i = 1; i < Burst; i++)
        {
            await alice.AskAsync<ApprovalsListed>(new ListApprovals());
        }

        var refused = Refusal.Is(GatewayRefusal.RateLimited, await buyer.AskAsync(new GetBalances()));
        Assert.Equal(TimeSpan.FromSeconds(1), refused.RetryAfter);
        Refusal.Is(GatewayRefusal.RateLimited, await alice.AskAsync(new ListApprovals()));
        limited.Time.Advance(TimeSpan.FromSeconds(1));
        await buyer.AskAsync<Balances>(new GetBalances());
    }

    private static ECDsa Copy(ECDsa key) => ECDsa.Create(key.ExportParameters(includePrivateParameters: true));

    private static EnrolPrincipalKey Enrolment(TestAgent agent, ECDsa key)
    {
        var publicKey = key.ExportSubjectPublicKeyInfo();
        var document = new PrincipalKeyDocument(agent.Agent!.Principal, publicKey, 1);
        var payload = SignedPayload.ForPrincipalKey(agent.Hello.Market, WireFormat.Encode(document));
        return new EnrolPrincipalKey(publicKey, 1, key.SignData(
            payload, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }
}
