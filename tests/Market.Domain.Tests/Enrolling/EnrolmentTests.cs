using Market.Domain.Enrolling;
using Market.Domain.Settling;
using Market.Testing;

namespace Market.Domain.Tests.Enrolling;

public sealed class EnrolmentTests
{
    private static readonly Money StartingBalance = new(500_00, Currency.Usd);
    private static readonly AgentProfile Alice =
        new("Alice's buyer", "alice", AgentRole.Buyer, new Disclosure("Alice Ltd", "negmas:Linear", "1.0"));

    private static readonly Dictionary<EnrolmentRefusal, Func<DirectoryState, EnrolAgent>> Scenarios = new()
    {
        [EnrolmentRefusal.KeyRegisteredWithAnotherProfile] = _ => Enrol(key: 1, Alice with { Name = "Another" }),
        [EnrolmentRefusal.PrincipalBelongsToAnotherKey] = _ => Enrol(key: 2, Alice),
        [EnrolmentRefusal.ProfileIsInvalid] = _ => Enrol(key: 2, Alice with { Principal = "Not a handle" }),
        [EnrolmentRefusal.DisclosureRequired] =
            _ => Enrol(key: 2, Alice with { Disclosure = Alice.Disclosure with { DeclaredAi = false } }),
        [EnrolmentRefusal.KeyIsAPrincipals] = KeyOfAPrincipal,
    };

    private readonly DirectoryState _state = new(StartingBalance);

    /// <summary>Those of the directory's rules. The others concern sessions, and the gateway gives them.</summary>
    public static TheoryData<EnrolmentRefusal> Refusals => new(
        Enum.GetValues<EnrolmentRefusal>().Except([EnrolmentRefusal.AgentNotRegistered, EnrolmentRefusal.WrongRole]));

    public static TheoryData<string, AgentProfile> InvalidProfiles => new()
    {
        { "no name", Alice with { Principal = "bob", Name = "" } },
        { "a control character", Alice with { Principal = "bob", Name = "a\u0000b" } },
        { "a name too long", Alice with { Principal = "bob", Name = new string('x', MarketLimits.NameLengthMax + 1) } },
        { "no principal", Alice with { Principal = "" } },
        { "capitals in the handle", Alice with { Principal = "Bob" } },
        { "letters that are not ASCII", Alice with { Principal = "böb" } },
        { "an unknown role", Alice with { Principal = "bob", Role = (AgentRole)3 } },
    };

    public static TheoryData<string, Disclosure> InvalidDisclosures => new()
    {
        { "no operator", Alice.Disclosure with { Operator = " " } },
        { "no model", Alice.Disclosure with { Model = "" } },
        { "a control character in its version", Alice.Disclosure with { Version = "1\u001b[2J" } },
        { "a version too long", Alice.Disclosure with { Version = new string('1', MarketLimits.NameLengthMax + 1) } },
        { "no word that it is artificial", Alice.Disclosure with { DeclaredAi = false } },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Every_refusal_is_produced_and_registers_nobody(EnrolmentRefusal refusal)
    {
        Assert.True(Scenarios.TryGetValue(refusal, out var scenario), $"No scenario produces {refusal}.");
        Register(Enrol(key: 1, Alice));

        Assert.Equal(
            new EnrolmentDecision(null, refusal, null), DirectoryRules.Decide(_state, scenario(_state), Some.Noon));
    }

    [Theory]
    [MemberData(nameof(InvalidProfiles))]
    public void A_profile_with_bad_names_is_invalid(string flaw, AgentProfile profile)
    {
        var decision = DirectoryRules.Decide(_state, Enrol(key: 2, profile), Some.Noon);
        Assert.True(decision.Refusal == EnrolmentRefusal.ProfileIsInvalid, $"{flaw}: {decision.Refusal}");
    }

    [Theory]
    [MemberData(nameof(InvalidDisclosures))]
    public void An_agent_must_say_what_it_is(string flaw, Disclosure disclosure)
    {
        var decision = DirectoryRules.Decide(_state, Enrol(key: 2, Alice with { Disclosure = disclosure }), Some.Noon);
        Assert.True(decision.Refusal == EnrolmentRefusal.DisclosureRequired, $"{flaw}: {decision.Refusal}");
    }

    [Fact]
    public void The_same_key_with_the_same_profile_is_the_same_agent()
    {
        var agent = Register(Enrol(key: 1, Alice));

        Assert.Equal(
            new EnrolmentDecision(null, null, agent), DirectoryRules.Decide(_state, Enrol(key: 1, Alice), Some.Noon));
    }

    [Fact]
    public void Agents_and_principals_get_dense_numbers_and_are_found_by_key_number_and_handle()
    {
        var agents = Enumerable.Range(1, 5)
            .Select(i => Register(Enrol((byte)i, Alice with { Principal = $"principal-{i}" })))
            .ToList();

        Assert.Equal([1, 2, 3, 4, 5], agents.Select(agent => agent.Number.Value));
        Assert.Equal([1, 2, 3, 4, 5], agents.Select(agent => agent.Principal.Value));
        Assert.All(agents, agent =>
        {
            Assert.Same(agent, _state.Find(agent.Number));
            Assert.Same(agent, _state.FindByKey(agent.KeyThumbprint));
            Assert.Same(agent, _state.FindPrincipal(agent.Profile.Principal));
        });
        Assert.Null(_state.Find(default));
        Assert.Null(_state.Find(new AgentNumber(6)));
        Assert.Null(_state.FindPrincipal("principal-6"));
    }

    [Fact]
    public void A_new_buyers_principal_gets_the_starting_balance_and_a_sellers_does_not()
    {
        var buyer = Registered(Enrol(key: 1, Alice));
        var seller = Registered(Enrol(key: 2, Alice with { Principal = "bob", Role = AgentRole.Seller }));

        Assert.Equal(StartingBalance, _state.DepositFor(buyer)!.Amount);
        Assert.Equal(buyer.Agent.Principal, _state.DepositFor(buyer)!.Principal);
        Assert.Null(_state.DepositFor(seller));
        Assert.Null(new DirectoryState(startingBalance: null).DepositFor(buyer));
    }

    [Fact]
    public void A_deposit_stays_in_the_outbox_until_the_ledger_has_answered_it()
    {
        var deposit = _state.DepositFor(Registered(Enrol(key: 1, Alice)))!;
        Assert.Equal([deposit], _state.Outbox.Unanswered);

        _state.Apply(new LedgerCommandAnswered(Some.Noon + TimeSpan.FromSeconds(1), deposit.Id, RefusalCode: 0));

        Assert.Empty(_state.Outbox.Unanswered);
        Assert.Null(_state.Outbox.Due);
    }

    private static EnrolAgent KeyOfAPrincipal(DirectoryState state)
    {
        var at = LedgerTime.After(state.LastTime, Some.Noon);
        state.Apply(new PrincipalKeyEnrolled(at, new PrincipalNumber(1), new byte[] { 9 }, 1, new byte[64], default));
        return Enrol(key: 9, Alice with { Principal = "carol" });
    }

    private static EnrolAgent Enrol(byte key, AgentProfile profile) => new(new[] { key }, profile);

    private Agent Register(EnrolAgent command) => Registered(command).Agent;

    private AgentRegistered Registered(EnrolAgent command)
    {
        var registered = DirectoryRules.Decide(_state, command, LedgerTime.After(_state.LastTime, Some.Noon)).Event!;
        _state.Apply(registered);
        return registered;
    }
}
