using Market.Client;
using Market.Domain.Enrolling;
using Market.Domain.Hosting;
using Market.Silo.Tests.Hosting;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Gateway;

/// <summary>Keys as the client library's users change them.</summary>
public sealed class KeysByClientTests : IAsyncLifetime
{
    private readonly AgentKey _alice = AgentKey.Create();
    private readonly AgentKey _key = AgentKey.Create();
    private readonly AgentKey _next = AgentKey.Create();
    private TestMarket _market = null!;
    private MarketClient _agent = null!;

    public async Task InitializeAsync()
    {
        _market = await TestMarket.StartAsync();
        _agent = await MarketClient.ConnectAsync(_market.Host.Uri, _key);
    }

    public async Task DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _market.DisposeAsync();
        _alice.Dispose();
        _key.Dispose();
        _next.Dispose();
    }

    [Fact]
    public async Task An_agent_goes_on_as_the_same_agent_with_another_key()
    {
        var registered = await _agent.RegisterAsync(Some.Profile());
        Assert.True((await _agent.RotateKeyAsync(_next)).IsLive);
        await using var renewed = await MarketClient.ConnectAsync(_market.Host.Uri, _next);
        Assert.Equal(registered.Number, renewed.Agent!.Number);
        await _agent.GetBalancesAsync();
        Assert.False((await renewed.RevokeKeyAsync(_key.Thumbprint, KeyRevocationReason.Lost)).IsLive);
        await renewed.GetBalancesAsync();
    }

    [Fact]
    public async Task A_principal_puts_its_agent_out_and_lets_it_in_again_with_another_key()
    {
        var enrolled = Enrolments.FromBytes(Enrolments.ToBytes(Enrolments.Sign(
            _agent.Market, _alice, _key.Thumbprint, Some.Profile(), DateTimeOffset.UtcNow)));
        var registered = await _agent.RegisterAsync(Some.Profile(), enrolled);
        await using var alice = await PrincipalClient.ConnectAsync(_market.Host.Uri, _alice);
        var keys = Assert.Single((await alice.ListAgentsAsync()).Agents).Keys;
        Assert.Equal(_key.Thumbprint, Assert.Single(keys).Thumbprint);

        await alice.RevokeKeyAsync(registered.Number, _key.Thumbprint, KeyRevocationReason.Compromised);
        var refused = await Assert.ThrowsAsync<MarketRefusedException>(
            () => MarketClient.ConnectAsync(_market.Host.Uri, _key));
        Assert.Equal(RefusalCode.KeyRevoked, refused.Code);
        Assert.Empty(Assert.Single((await alice.ListAgentsAsync()).Agents).Keys);

        await alice.EnrolKeyAsync(registered.Number, _next);
        await using var renewed = await MarketClient.ConnectAsync(_market.Host.Uri, _next);
        Assert.Equal(registered.Number, renewed.Agent!.Number);
    }

    [Fact]
    public async Task A_hosted_strategy_ends_with_a_key_of_its_agent()
    {
        await _agent.RegisterAsync(Some.Profile(AgentRole.Seller, "bob"));
        await HostedBench.HostAsync(_agent);
        await _agent.RotateKeyAsync(_next);
        await using var renewed = await MarketClient.ConnectAsync(_market.Host.Uri, _next);
        Assert.Null(Assert.Single(await renewed.HostingAsync()).End);

        await renewed.RevokeKeyAsync(_key.Thumbprint, KeyRevocationReason.Compromised);
        Assert.Equal(HostingEnd.SessionKeyRevoked, Assert.Single(await renewed.HostingAsync()).End);
    }
}
