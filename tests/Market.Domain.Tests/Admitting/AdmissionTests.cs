using Market.Domain.Admitting;
using Market.Domain.Enrolling;
using Market.Testing;

namespace Market.Domain.Tests.Admitting;

public sealed class AdmissionTests
{
    private static readonly LedgerTime Later = Some.Noon + TimeSpan.FromSeconds(1);
    private static readonly AgentProfile Alice =
        new("Alice's buyer", "alice", AgentRole.Buyer, new Disclosure("Alice Ltd", "negmas:Linear", ""));

    private static readonly Dictionary<AdmissionRefusal, (AdmissionPolicy Policy, AgentProfile Profile)> Keeping = new()
    {
        [AdmissionRefusal.AiNotDeclared] =
            (new(DemandsDeclaredAi: true), With(Alice.Disclosure with { DeclaredAi = false })),
        [AdmissionRefusal.OperatorNotDeclared] =
            (new(DemandsOperator: true), With(Alice.Disclosure with { Operator = "" })),
        [AdmissionRefusal.ModelNotDeclared] = (new(DemandsModel: true), With(Alice.Disclosure with { Model = " " })),
        [AdmissionRefusal.VersionNotDeclared] = (new(DemandsVersion: true), Alice),
        [AdmissionRefusal.PrincipalKeyRequired] = (new(DemandsPrincipalKey: true), Alice),
        [AdmissionRefusal.OperatorIsRefused] = (new(OperatorsRefused: ["ALICE LTD"]), Alice),
        [AdmissionRefusal.OperatorIsNotListed] = (new(OperatorsAllowed: ["Alice"]), Alice),
        [AdmissionRefusal.ModelIsRefused] = (new(ModelsRefused: ["negmas:*"]), Alice),
        [AdmissionRefusal.ModelIsNotListed] = (new(ModelsAllowed: ["negmas", "other:*"]), Alice),
        [AdmissionRefusal.PrincipalIsRefused] = (new(PrincipalsRefused: ["alice"]), Alice),
        [AdmissionRefusal.PrincipalIsNotListed] = (new(PrincipalsAllowed: ["bob"]), Alice),
    };

    public static TheoryData<AdmissionRefusal> Rules => new(Enum.GetValues<AdmissionRefusal>()
        .Except([AdmissionRefusal.PolicyIsInvalid, AdmissionRefusal.PolicyRevisionIsStale]));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_rule_keeps_out_whom_it_names_and_nobody_else(AdmissionRefusal rule)
    {
        Assert.True(Keeping.TryGetValue(rule, out var scenario), $"No scenario produces {rule}.");
        Assert.Equal(rule, AdmissionRules.Decide(scenario.Policy, scenario.Profile, hasPrincipalKey: false));

        var other = new AgentProfile(
            "Bob's buyer", "bob", AgentRole.Buyer, new Disclosure("Alice", "other:Model", "2"));
        Assert.Null(AdmissionRules.Decide(scenario.Policy, other, hasPrincipalKey: true));
        Assert.Null(AdmissionRules.Decide(new AdmissionPolicy(), scenario.Profile, hasPrincipalKey: false));
    }

    [Fact]
    public void What_is_refused_is_kept_out_though_it_is_allowed_too() => Assert.Equal(
        AdmissionRefusal.ModelIsRefused,
        AdmissionRules.Decide(
            new AdmissionPolicy(ModelsAllowed: ["negmas:*"], ModelsRefused: ["negmas:linear"]), Alice, true));

    [Fact]
    public void A_policy_has_names_and_handles_and_not_too_many()
    {
        Assert.True(AdmissionRules.IsValid(new AdmissionPolicy(ModelsAllowed: Many(AdmissionPolicy.EntriesMax))));
        Assert.False(AdmissionRules.IsValid(new AdmissionPolicy(ModelsAllowed: Many(AdmissionPolicy.EntriesMax + 1))));
        Assert.False(AdmissionRules.IsValid(new AdmissionPolicy(OperatorsRefused: [""])));
        Assert.False(AdmissionRules.IsValid(new AdmissionPolicy(PrincipalsRefused: ["No Handle"])));
    }

    [Fact]
    public void A_change_names_the_next_revision_and_the_same_change_again_is_the_same()
    {
        var book = new AdmissionBook();
        var agent = new AgentNumber(3);
        var first = new SetAgentAdmission(agent, 1, new AdmissionPolicy(DemandsVersion: true));
        Assert.Equal(
            AdmissionRefusal.PolicyRevisionIsStale, book.Decide(first with { Revision = 2 }, Some.Noon).Refusal);
        var set = book.Decide(first, Some.Noon).Event!;
        book.Apply(set);

        var again = book.Decide(first, Later);
        Assert.Equal((null, null, Some.Noon), (again.Event, again.Refusal, again.At));
        Assert.Equal(
            AdmissionRefusal.PolicyRevisionIsStale,
            book.Decide(first with { Policy = null }, Later).Refusal);
        Assert.Equal(
            AdmissionRefusal.PolicyIsInvalid,
            book.Decide(new(agent, 2, new AdmissionPolicy(OperatorsAllowed: [""])), Later).Refusal);
        Assert.Null(book.Decide(new(agent, 2, null), Later).Event!.Policy);
    }

    private static ValueArray<string> Many(int count) =>
        Enumerable.Range(0, count).Select(i => $"model {i}").ToValueArray();

    private static AgentProfile With(Disclosure disclosure) => Alice with { Disclosure = disclosure };
}
