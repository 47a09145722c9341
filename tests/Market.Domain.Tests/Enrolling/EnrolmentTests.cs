using Market.Domain.Admitting;
using Market.Domain.Enrolling;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Testing;

namespace Market.Domain.Tests.Enrolling;

public sealed class EnrolmentTests
{
    private static readonly LedgerTime Later = Some.Noon + TimeSpan.FromSeconds(1);
    private static readonly Money StartingBalance = new(500_00, Currency.Usd);
    private static readonly AgentProfile Alice =
        new("Alice's buyer", "alice", AgentRole.Buyer, new Disclosure("Alice Ltd", "negmas:Linear", "1.0"));

    private static readonly AgentProfile CarolsAgent = Alice with { Principal = "carol" };

    private static readonly Dictionary<EnrolmentRefusal, Func<DirectoryState, EnrolAgent>> Scenarios = new()
    {
        [EnrolmentRefusal.KeyRegisteredWithAnotherProfile] = _ => Enrol(key: 1, Alice with { Name = "Another" }),
        [EnrolmentRefusal.PrincipalBelongsToAnotherKey] = _ => Enrol(key: 2, Alice),
        [EnrolmentRefusal.ProfileIsInvalid] = _ => Enrol(key: 2, Alice with { Principal = "Not a handle" }),
        [EnrolmentRefusal.DisclosureRequired] =
            _ => Enrol(key: 2, Alice with { Disclosure = Alice.Disclosure with { DeclaredAi = false } }),
        [EnrolmentRefusal.KeyIsAPrincipals] = KeyOfAPrincipal,
        [EnrolmentRefusal.EnrolmentIsInvalid] = _ => Carol(Doc() with { NotBefore = Some.Noon }, damage: true),
        [EnrolmentRefusal.EnrolmentIsForAnotherKey] = _ => Carol(Doc() with { AgentKey = Hash256.Of([7]) }),
        [EnrolmentRefusal.EnrolmentProfileDiffers] =
            _ => Carol(Doc() with { Profile = CarolsAgent with { Role = AgentRole.Seller } }),
        [EnrolmentRefusal.EnrolmentNotYetValid] =
            _ => Carol(Doc() with { NotBefore = Some.Noon + TimeSpan.FromTicks(1) }),
        [EnrolmentRefusal.EnrolmentHasExpired] = _ => Carol(Doc() with { ExpiresAt = Some.Noon }),
        [EnrolmentRefusal.EnrolmentValidityOutOfRange] = _ => Carol(
            Doc() with { ExpiresAt = Some.Noon + Enrolment.ValidityMax + TimeSpan.FromTicks(1) }),
        [EnrolmentRefusal.EnrolmentKeyIsTaken] = _ => Carol(Doc(), signer: 1),
        [EnrolmentRefusal.TooManyAgents] = ManyAgents,
    };

    private readonly DirectoryState _state = new(StartingBalance);

    /// <summary>Those of the directory's rules. The others concern sessions, and the gateway gives them.</summary>
    public static TheoryData<EnrolmentRefusal> Refusals => new(
        Enum.GetValues<EnrolmentRefusal>().Except(
        [
            EnrolmentRefusal.AgentNotRegistered, EnrolmentRefusal.WrongRole, EnrolmentRefusal.EnrolmentRequired,
            EnrolmentRefusal.EnrolmentKeyIsInvalid, EnrolmentRefusal.EnrolmentSignatureIsWrong,
        ]));

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

    [Fact]
    public void A_handle_that_its_principal_signs_for_belongs_to_the_principals_key()
    {
        var first = Registered(Carol(Doc(), signer: 30));
        Assert.True(first.IsNewPrincipal);
        Assert.Equal((first.Agent.Principal, 1), _state.FindPrincipalByKey(Hash256.Of([30])) is { } own
            ? (own.Number, own.Revision)
            : default);

        var second = Registered(Signed(key: 21, CarolsAgent with { Role = AgentRole.Seller }, signer: 30));
        Assert.False(second.IsNewPrincipal);
        Assert.Equal(first.Agent.Principal, second.Agent.Principal);
        Assert.Null(_state.DepositFor(second));
        Assert.Equal(
            EnrolmentRefusal.PrincipalBelongsToAnotherKey,
            DirectoryRules.Decide(_state, Signed(key: 22, CarolsAgent, signer: 20), Later).Refusal);
    }

    [Fact]
    public void While_a_principal_has_no_key_of_its_own_its_first_agents_key_signs_for_others()
    {
        var first = Register(Enrol(key: 1, Alice));
        var second = Register(Signed(key: 2, Alice with { Name = "Alice's second" }, signer: 1));
        Assert.Equal(first.Principal, second.Principal);
        Assert.Equal(
            EnrolmentRefusal.PrincipalBelongsToAnotherKey,
            DirectoryRules.Decide(_state, Signed(key: 3, Alice, signer: 2), Later).Refusal);

        _state.Apply(new PrincipalKeyEnrolled(
            Later, first.Principal, new byte[] { 9 }, 1, new byte[64], default));
        Assert.Equal(
            EnrolmentRefusal.PrincipalBelongsToAnotherKey,
            DirectoryRules.Decide(_state, Signed(key: 3, Alice, signer: 1), Later + TimeSpan.FromSeconds(1)).Refusal);
        Assert.Equal(first.Principal, Register(Signed(key: 3, Alice, signer: 9)).Principal);
    }

    [Fact]
    public void The_event_keeps_the_exact_bytes_that_were_signed()
    {
        var command = Carol(Doc(), signer: 30);
        var kept = Registered(command).Enrolment!;
        Assert.Equal(command.Enrolment!.Document.ToArray(), kept.Document.ToArray());
        Assert.Equal(command.Enrolment.Signature.ToArray(), kept.Signature.ToArray());
    }

    [Fact]
    public void A_market_that_admits_some_only_says_which_rule_an_agent_does_not_meet_and_keeps_it_on_record()
    {
        var policy = new AdmissionPolicy(DemandsPrincipalKey: true);
        var denied = DirectoryRules.Decide(_state, Carol(Doc(), signer: 20) with { Policy = policy }, Some.Noon);
        Assert.Equal(AdmissionRefusal.PrincipalKeyRequired, denied.Denied?.Refusal);
        Assert.Equal((policy.Hash(), Hash256.Of([20])), (denied.Denied!.Policy, denied.Denied.Key));

        var admitted = DirectoryRules.Decide(_state, Carol(Doc(), signer: 30) with { Policy = policy }, Some.Noon);
        Assert.Equal(policy.Hash(), admitted.Event?.AdmittedBy);
    }

    /// <summary>Carol's agent with key 20, whose enrolment key 20 or another one signs.</summary>
    private static EnrolAgent Carol(Enrolment document, byte signer = 20, bool damage = false)
    {
        var bytes = WireFormat.Encode(document);
        return new EnrolAgent(
            new byte[] { 20 },
            CarolsAgent,
            new SignedEnrolment(damage ? bytes.AsMemory(1) : bytes, new[] { signer }, new byte[64]));
    }

    private static Enrolment Doc() =>
        new(Hash256.Of([20]), CarolsAgent, Some.Noon, Some.Noon + TimeSpan.FromDays(30));

    private static EnrolAgent Signed(byte key, AgentProfile profile, byte signer)
    {
        var document = new Enrolment(Hash256.Of([key]), profile, Some.Noon, Some.Noon + TimeSpan.FromDays(30));
        return new EnrolAgent(
            new[] { key }, profile, new SignedEnrolment(WireFormat.Encode(document), new[] { signer }, new byte[64]));
    }

    private static EnrolAgent ManyAgents(DirectoryState state)
    {
        for (var i = 1; i < DirectoryRules.AgentsPerPrincipalMax; i++)
        {
            var key = new byte[] { 100, (byte)(i / 200), (byte)(i % 200) };
            var agent = new Agent(
                new AgentNumber(state.AgentCount + 1), new PrincipalNumber(1), Hash256.Of(key), key, Alice);
            state.Apply(new AgentRegistered(LedgerTime.After(state.LastTime, Some.Noon), agent, false));
        }

        return Signed(key: 2, Alice, signer: 1);
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
