using Market.Domain.Approvals;
using Market.Domain.Enrolling;
using Market.Testing;

namespace Market.Domain.Tests.Approvals;

public sealed class PrincipalKeyTests
{
    private static readonly PrincipalNumber Alice = new(1);
    private static readonly AgentNumber Shopper = new(1);
    private readonly DirectoryState _state = new(startingBalance: null);
    private LedgerTime _now = Some.Noon;

    public PrincipalKeyTests()
    {
        Register([1], "alice");
        Register([2], "bob");
    }

    [Fact]
    public void The_first_key_is_enrolled_by_the_agent_that_brought_the_principal()
    {
        AssertRefused(ApprovalRefusal.NotThePrincipalsFirstAgent, Key([10]) with { Agent = new AgentNumber(2) });
        AssertRefused(ApprovalRefusal.NotThePrincipalsFirstAgent, Key([10]) with { Agent = AgentNumber.None });
        AssertRefused(ApprovalRefusal.NotThePrincipalsFirstAgent, Key([10]) with { Principal = new(9) });
        AssertRefused(ApprovalRefusal.KeyRevisionIsStale, Key([10], revision: 2));

        var enrolled = Enrol(Key([10])).Principal!;
        Assert.Equal((Alice, "alice", 1), (enrolled.Number, enrolled.Handle, enrolled.Revision));
        Assert.Equal(Alice, _state.FindPrincipalByKey(Hash256.Of([10]))?.Number);
    }

    [Fact]
    public void The_same_key_again_is_the_same_enrolment()
    {
        Enrol(Key([10]));

        var again = PrincipalKeyRules.Decide(_state, Key([10]), _now);
        Assert.Null(again.Event);
        Assert.Equal(1, again.Principal?.Revision);
    }

    [Fact]
    public void A_later_key_needs_the_signature_of_the_one_before()
    {
        Enrol(Key([10]));
        AssertRefused(ApprovalRefusal.KeyChangeNotAuthorized, Key([11], revision: 2));
        AssertRefused(ApprovalRefusal.KeyRevisionIsStale, Authorized([11], revision: 3));
        AssertRefused(ApprovalRefusal.KeyRevisionIsStale, Authorized([11], revision: 1));

        Enrol(Authorized([11], revision: 2));
        Assert.Null(_state.FindPrincipalByKey(Hash256.Of([10])));
        Assert.Equal(2, _state.FindPrincipalByKey(Hash256.Of([11]))?.Revision);
        AssertRefused(ApprovalRefusal.KeyBelongsToAPrincipal, Authorized([10], revision: 3));
    }

    [Fact]
    public void A_key_is_an_agents_or_a_principals_and_never_both()
    {
        AssertRefused(ApprovalRefusal.KeyBelongsToAnAgent, Key([1]));
        AssertRefused(ApprovalRefusal.KeyBelongsToAnAgent, Key([2]));
        Enrol(Key([10]));
        AssertRefused(ApprovalRefusal.KeyBelongsToAPrincipal, Key([10]) with
        {
            Principal = new PrincipalNumber(2),
            Agent = new AgentNumber(2),
        });

        var agent = DirectoryRules.Decide(_state, new EnrolAgent(new byte[] { 10 }, Profile("carol")), _now);
        Assert.Equal(EnrolmentRefusal.KeyIsAPrincipals, agent.Refusal);
    }

    private static EnrolKey Key(byte[] key, int revision = 1) =>
        new(Alice, Shopper, key, revision, new byte[64], default);

    private static EnrolKey Authorized(byte[] key, int revision) =>
        Key(key, revision) with { Agent = AgentNumber.None, Authorization = new byte[64] };

    private static AgentProfile Profile(string principal) =>
        new($"{principal}'s agent", principal, AgentRole.Buyer, new Disclosure("tests", "scripted", "1"));

    private PrincipalKeyDecision Enrol(EnrolKey command)
    {
        var decision = PrincipalKeyRules.Decide(_state, command, _now);
        Assert.Null(decision.Refusal);
        _state.Apply(decision.Event!);
        _now += TimeSpan.FromSeconds(1);
        return decision;
    }

    private void AssertRefused(ApprovalRefusal expected, EnrolKey command) =>
        Assert.Equal(expected, PrincipalKeyRules.Decide(_state, command, _now).Refusal);

    private void Register(byte[] key, string principal)
    {
        var decision = DirectoryRules.Decide(_state, new EnrolAgent(key, Profile(principal)), _now);
        _state.Apply(decision.Event!);
        _now += TimeSpan.FromSeconds(1);
    }
}
