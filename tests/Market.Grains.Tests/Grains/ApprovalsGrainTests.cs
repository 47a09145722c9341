using Market.Domain;
using Market.Domain.Approvals;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;
using Market.Testing;

namespace Market.Grains.Tests.Grains;

/// <summary>A principal's approvals: who gets their rows, what ends by itself, what a crash loses.</summary>
public sealed class ApprovalsGrainTests
{
    private static readonly ApprovalMatter Matter = MatterOf(94_00);

    [Fact]
    public void Rows_reach_the_agent_that_asked_and_nobody_else()
    {
        var bench = new GrainBench(new ApprovalsGrain());
        Assert.All(
            new[] { bench.Receive(Ask(1)), bench.Receive(Approve(bench, 1)), bench.ReachDeadline() },
            static step =>
            {
                Assert.NotNull(step.Event);
                Assert.Equal(new Audience(Some.BuyerAgent, AgentNumber.None), step.Audience);
                Assert.Equal(default, step.Tells);
            });
        Assert.Null(bench.DueAt);
    }

    [Fact]
    public void A_request_ends_by_itself_and_so_does_an_approval()
    {
        var bench = new GrainBench(new ApprovalsGrain());
        bench.Receive(Ask(1));
        bench.Receive(Ask(2, MatterOf(95_00)));
        bench.Receive(Approve(bench, 2));
        Assert.Equal(bench.Clock + ApprovalLimits.DefaultValidity, bench.DueAt!.Value with
        {
            Ticks = bench.DueAt.Value.Ticks - 2,
        });

        Assert.True(Assert.IsType<ApprovalExpired>(bench.ReachDeadline().Event).WasGranted);
        Assert.False(Assert.IsType<ApprovalExpired>(bench.ReachDeadline().Event).WasGranted);
        Assert.Equal(default, bench.Receive(new DeadlineReached()));
    }

    [Fact]
    public void A_signed_approval_is_found_by_agent_and_terms_while_it_holds()
    {
        var bench = new GrainBench(new ApprovalsGrain());
        bench.Receive(Ask(1));
        AssertRefused(
            ApprovalRefusal.ApprovalUnknown, bench, new FindGrantedApproval(Some.BuyerAgent, Matter.TermsHash));
        bench.Receive(Approve(bench, 1));

        var found = Assert.IsType<GrantedApproval>(
            bench.Receive(new FindGrantedApproval(Some.BuyerAgent, Matter.TermsHash)).Reply);
        Assert.Equal(Matter.TermsHash, ApprovalDocument.Read(found.Document)?.TermsHash);
        AssertRefused(
            ApprovalRefusal.ApprovalUnknown, bench, new FindGrantedApproval(Some.SellerAgent, Matter.TermsHash));
        AssertRefused(
            ApprovalRefusal.ApprovalUnknown, bench, new FindGrantedApproval(Some.BuyerAgent, Hash256.Of([1])));
        bench.Clock += ApprovalLimits.DefaultValidity + TimeSpan.FromSeconds(1);
        AssertRefused(
            ApprovalRefusal.ApprovalUnknown, bench, new FindGrantedApproval(Some.BuyerAgent, Matter.TermsHash));
    }

    [Fact]
    public void An_agent_sees_its_own_and_the_principal_sees_all()
    {
        var bench = new GrainBench(new ApprovalsGrain());
        bench.Receive(Ask(1));
        Assert.IsType<ApprovalState>(bench.Receive(new QueryApproval(IdOf(1), Asker: null)).Reply);
        Assert.IsType<ApprovalState>(bench.Receive(new QueryApproval(IdOf(1), Some.BuyerAgent)).Reply);
        AssertRefused(ApprovalRefusal.ApprovalUnknown, bench, new QueryApproval(IdOf(1), Some.StrangerAgent));

        Assert.Single(ListOf(bench, asker: null));
        Assert.Empty(ListOf(bench, Some.StrangerAgent));
    }

    [Fact]
    public void Whatever_a_crash_leaves_in_the_journal_a_retry_gets_the_same_answers()
    {
        var bench = new GrainBench(new ApprovalsGrain());
        object[] acts = [Ask(1), Ask(2, MatterOf(95_00)), Approve(bench, 1), Deny(2)];
        var bodies = new List<byte[]>();
        var answers = new List<object?>();
        foreach (var act in acts)
        {
            var step = bench.Receive(act);
            answers.Add(step.Reply);
            bodies.Add(WireCatalog.EncodeTagged(step.Event!));
        }

        for (var durable = 0; durable <= bodies.Count; durable++)
        {
            var loaded = new GrainBench(new ApprovalsGrain());
            foreach (var body in bodies.Take(durable))
            {
                loaded.Grain.Apply(WireCatalog.DecodeTagged(body));
            }

            Assert.Equal(answers, acts.Select(act => loaded.Receive(act).Reply));
            Assert.Equal(bodies.Skip(durable), loaded.Events.Select(WireCatalog.EncodeTagged));
        }
    }

    private static void AssertRefused(ApprovalRefusal expected, GrainBench bench, object query)
    {
        var step = bench.Receive(query);
        Assert.Null(step.Event);
        Assert.Equal(expected.ToString(), Assert.IsType<Refused>(step.Reply).Name);
    }

    private static ValueArray<ApprovalRecord> ListOf(GrainBench bench, AgentNumber? asker) => Assert
        .IsType<ApprovalsListed>(bench.Receive(new QueryApprovals(new ListApprovals(), asker)).Reply).Approvals;

    private static ApprovalMatter MatterOf(long unitPrice)
    {
        var terms = Some.Terms(unitPrice);
        return new ApprovalMatter(
            Some.BuyerAgent, Some.Buyer.Principal, Some.Mandate, Party.Buyer, Some.Negotiation, Some.Subject, terms,
            NegotiationHashes.OfTerms(Some.Market, Some.Negotiation, Some.Subject, terms), Some.SellerAgent,
            Some.Seller.Principal);
    }

    private static ApprovalId IdOf(int number) => new(Some.Message(number, Some.Noon).Value);

    private static AskForApproval Ask(int number, ApprovalMatter? matter = null) => new(
        Some.Message(number, Some.Noon), Some.Digest(number), IdOf(number), matter ?? Matter,
        new ApprovalNames("Espresso machine", ["machine"], "Bob's agent", "bob"), TimeSpan.FromMinutes(5));

    private static AnswerApproval Approve(GrainBench bench, int number) => new(
        Some.Message(100 + number, Some.Noon), Some.Digest(100 + number), IdOf(number), ApprovalAnswer.Approve,
        WireFormat.Encode(ApprovalDocument.Of(
            number == 1 ? Matter : MatterOf(95_00),
            LedgerTime.After(bench.Grain.LastTime, bench.Clock) + ApprovalLimits.DefaultValidity)),
        new byte[64]);

    private static AnswerApproval Deny(int number) => new(
        Some.Message(200 + number, Some.Noon), Some.Digest(200 + number), IdOf(number), ApprovalAnswer.Deny, default,
        default);
}
