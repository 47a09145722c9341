using Market.Client;
using Market.Domain;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Approvals;

/// <summary>
/// Who grants: the principal with its own key, once it has one; an agent that is its own principal before. An agent
/// narrows what it was given, and gives it up.
/// </summary>
public sealed class MandateAuthorityTests : IAsyncLifetime
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly Money Cap = new(100_00, Currency.Usd);

    private readonly AgentKey _alicesKey = AgentKey.Create();
    private readonly AgentKey _key = AgentKey.Create();
    private readonly AgentKey _secondKey = AgentKey.Create();
    private TestMarket _market = null!;
    private MarketClient _agent = null!;
    private MarketClient _second = null!;

    public async Task InitializeAsync()
    {
        _market = await TestMarket.StartAsync();
        _agent = await MarketClient.ConnectAsync(_market.Host.Uri, _key);
        _second = await MarketClient.ConnectAsync(_market.Host.Uri, _secondKey);
    }

    public async Task DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _second.DisposeAsync();
        await _market.DisposeAsync();
        _key.Dispose();
        _secondKey.Dispose();
        _alicesKey.Dispose();
    }

    [Fact]
    public async Task An_agent_that_is_its_own_principal_grants_to_itself()
    {
        await _agent.RegisterAsync(Some.Profile());
        var granted = await _agent.GrantMandateAsync(Cap, Cap, Day);
        await _agent.SuspendMandateAsync(granted.Mandate, 1);
        await _agent.ResumeMandateAsync(granted.Mandate, 2);
    }

    [Fact]
    public async Task A_second_agent_grants_itself_nothing_though_the_principal_has_no_key_of_its_own()
    {
        await _agent.RegisterAsync(Some.Profile());
        await _second.RegisterAsync(Some.Profile() with { Name = "second" }, _key);
        await RefusesAsync(RefusalCode.OnlyForPrincipals, () => _second.GrantMandateAsync(Cap, Cap, Day));
        await _agent.GrantMandateAsync(Cap, Cap, Day, new MandateSettings { Agent = _second.Agent!.Number });
    }

    [Fact]
    public async Task Once_the_principal_has_a_key_of_its_own_only_that_grants_and_resumes()
    {
        var agent = await _agent.RegisterAsync(Some.Profile(), _alicesKey);
        await RefusesAsync(RefusalCode.OnlyForPrincipals, () => _agent.GrantMandateAsync(Cap, Cap, Day));

        await using var alice = await PrincipalClient.ConnectAsync(_market.Host.Uri, _alicesKey);
        var granted = await alice.GrantMandateAsync(agent.Number, Cap, Cap, Day);
        Assert.Equal(agent.Number, (await _agent.GetMandateAsync(granted.Mandate)).Mandate.Agent);
        await _agent.SuspendMandateAsync(granted.Mandate, 1);
        await RefusesAsync(RefusalCode.OnlyForPrincipals, () => _agent.ResumeMandateAsync(granted.Mandate, 2));
        await alice.ResumeMandateAsync(granted.Mandate, 2);
        await _agent.RevokeMandateAsync(granted.Mandate);
        await RefusesAsync(RefusalCode.MandateRevoked, () => alice.ResumeMandateAsync(granted.Mandate, 3));
    }

    [Fact]
    public async Task A_principal_grants_to_its_own_agents_only()
    {
        var agent = await _agent.RegisterAsync(Some.Profile(), _alicesKey);
        var other = await _second.RegisterAsync(Some.Profile(principal: "bob"));
        await using var alice = await PrincipalClient.ConnectAsync(_market.Host.Uri, _alicesKey);
        await RefusesAsync(RefusalCode.AgentUnknown, () => alice.GrantMandateAsync(other.Number, Cap, Cap, Day));
        await RefusesAsync(RefusalCode.AgentUnknown, () => alice.GrantMandateAsync(new AgentNumber(99), Cap, Cap, Day));
        Assert.Equal(agent.Number, Assert.Single((await alice.ListAgentsAsync()).Agents).Number);
    }

    [Fact]
    public async Task An_agent_delegates_from_its_own_mandate_and_touches_no_other_agents()
    {
        var agent = await _agent.RegisterAsync(Some.Profile(), _alicesKey);
        var second = await _second.RegisterAsync(Some.Profile() with { Name = "second" }, _alicesKey);
        await using var alice = await PrincipalClient.ConnectAsync(_market.Host.Uri, _alicesKey);
        var granted = (await alice.GrantMandateAsync(
            agent.Number, Cap, Cap, 2 * Day, new MandateSettings { DelegationDepthMax = 1 })).Mandate;

        var narrowed = new MandateSettings { Parent = granted, Agent = second.Number };
        await RefusesAsync(RefusalCode.MandateUnknown, () => _second.GrantMandateAsync(Cap, Cap, Day, narrowed));
        await RefusesAsync(RefusalCode.MandateUnknown, () => _second.RevokeMandateAsync(granted));
        await RefusesAsync(RefusalCode.MandateUnknown, () => _second.SuspendMandateAsync(granted, 1));

        var child = (await _agent.GrantMandateAsync(Cap, Cap, Day, narrowed)).Mandate;
        await _second.SuspendMandateAsync(child, 1);
        await _agent.RevokeMandateAsync(child);
    }

    private static async Task RefusesAsync(RefusalCode code, Func<Task> act) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<MarketRefusedException>(act)).Code);
}
