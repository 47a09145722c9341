using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Settling;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;
using Market.Testing;

namespace Market.Grains.Tests.Grains;

/// <summary>
/// What a registration, a listing or a request has the ledger do is told until the ledger has answered.
/// </summary>
public sealed class OutboxGrainTests
{
    private static readonly GrainId Seller = GrainId.OfSeller(Some.SellerAgent);
    private static readonly GrainId Buyer = GrainId.OfBuyer(Some.BuyerAgent);

    public static TheoryData<string> Grains => ["directory", "seller", "buyer"];

    [Theory]
    [MemberData(nameof(Grains))]
    public void A_command_is_told_until_the_ledger_has_answered_it(string kind)
    {
        var (bench, self, message) = Of(kind);
        var first = bench.Receive(message);
        var told = Told(first, self);

        Assert.Equal(told, Told(bench.ReachDeadline(), self));
        Assert.Equal(told, Told(bench.ReachDeadline(), self));

        var answered = bench.Receive(new TellLedgerAnswer(told.Id, RefusalCode: 0));
        Assert.IsType<LedgerCommandAnswered>(answered.Event);
        Assert.Null(bench.DueAt);
        Assert.Empty(bench.Receive(new DeadlineReached()).Tells);
        Assert.Equal(default, bench.Receive(new TellLedgerAnswer(told.Id, RefusalCode: 0)));
    }

    [Theory]
    [MemberData(nameof(Grains))]
    public void The_same_act_again_gets_the_same_reply_and_tells_nobody(string kind)
    {
        var (bench, _, message) = Of(kind);
        var first = bench.Receive(message);
        bench.Clock += TimeSpan.FromMinutes(1);

        Assert.Equal(new GrainStep(first.Reply), bench.Receive(message));
        Assert.Single(bench.Events);
    }

    [Theory]
    [MemberData(nameof(Grains))]
    public void A_stray_answer_changes_nothing(string kind)
    {
        var (bench, _, message) = Of(kind);
        bench.Receive(message);

        Assert.Equal(default, bench.Receive(new TellLedgerAnswer(default, RefusalCode: 0)));
    }

    [Theory]
    [MemberData(nameof(Grains))]
    public void A_grain_that_was_loaded_again_still_tells_what_is_unanswered(string kind)
    {
        var (bench, self, message) = Of(kind);
        var told = Told(bench.Receive(message), self);
        var (loaded, _, _) = Of(kind);
        foreach (var @event in bench.Events)
        {
            loaded.Grain.Apply(@event);
        }

        loaded.Clock += 2 * LedgerOutbox.RetryInterval;
        Assert.Equal(told, Told(loaded.Receive(new DeadlineReached()), self));
        Assert.Equal(bench.Grain.LastTime, loaded.Grain.LastTime);
    }

    [Fact]
    public void Two_commands_wait_apart_and_the_deadline_stays_armed_for_the_one_that_is_left()
    {
        var bench = new GrainBench(new SellerAgentGrain(Seller));
        var first = Told(bench.Receive(GrainMessages.Listing(1)), Seller);
        var second = Told(bench.Receive(GrainMessages.Listing(2)), Seller);
        Assert.NotEqual(first.Id, second.Id);

        bench.Receive(new TellLedgerAnswer(first.Id, RefusalCode: 0));

        Assert.Equal(second, Told(bench.ReachDeadline(), Seller));
    }

    [Fact]
    public void A_steady_stream_of_acts_neither_puts_off_telling_again_nor_repeats_what_was_told_a_moment_ago()
    {
        var bench = new GrainBench(new SellerAgentGrain(Seller));
        var first = Told(bench.Receive(GrainMessages.Listing(1)), Seller);
        var due = bench.DueAt;
        bench.Clock += LedgerOutbox.RetryInterval / 2;
        bench.Receive(GrainMessages.Listing(2));

        Assert.Equal(due, bench.DueAt);
        Assert.Equal(first, Told(bench.ReachDeadline(), Seller));
    }

    [Fact]
    public void Refusals_leave_the_agent_grains_as_typed_answers()
    {
        var seller = new GrainBench(new SellerAgentGrain(Seller));
        var bad = GrainMessages.Listing(1);
        var refused = Assert.IsType<Refused>(seller.Receive(bad with { Draft = bad.Draft with { Stock = 0 } }).Reply);
        Assert.Equal("QuantityOutOfRange", refused.Name);

        var directory = new GrainBench(new DirectoryGrain(startingBalance: null));
        directory.Receive(GrainMessages.Enrol(1));
        var taken = Assert.IsType<Refused>(directory.Receive(GrainMessages.Enrol(2)).Reply);
        Assert.Equal(nameof(EnrolmentRefusal.PrincipalBelongsToAnotherKey), taken.Name);
    }

    [Fact]
    public void The_directory_and_a_buyer_answer_what_they_know()
    {
        var directory = new GrainBench(new DirectoryGrain(startingBalance: null));
        var agent = Assert.IsType<AgentFound>(directory.Receive(GrainMessages.Enrol(1)).Reply).Agent!;
        Assert.Equal(new AgentFound(agent), directory.Receive(new FindAgent(agent.Number)).Reply);
        var byKey = Assert.IsType<AgentFound>(directory.Receive(new FindAgentByKey(agent.KeyThumbprint)).Reply);
        Assert.Equal((agent, agent.KeyThumbprint, true), (byKey.Agent, byKey.Key!.Thumbprint, byKey.Key.IsLive));
        Assert.Equal(new AgentFound(null), directory.Receive(new FindAgent(new AgentNumber(9))).Reply);

        var buyer = new GrainBench(new BuyerAgentGrain(Buyer));
        var request = Assert.IsType<RequestPublished>(buyer.Receive(GrainMessages.Request(1)).Reply).Request;
        Assert.Equal(new RequestFound(request), buyer.Receive(new FindRequest(request.Id)).Reply);
        Assert.Equal(new RequestFound(null), buyer.Receive(new FindRequest(default)).Reply);
    }

    [Fact]
    public void A_message_or_event_that_is_none_of_a_grains_is_a_bug_and_throws()
    {
        IGrain[] grains =
        [
            new DirectoryGrain(null), new SellerAgentGrain(Seller), new BuyerAgentGrain(Buyer),
            new NegotiationGrain(Some.Market, new CountingSigner()), new LedgerGrain(Some.Market),
            new ApprovalsGrain(),
        ];

        Assert.All(grains, grain =>
        {
            Assert.Throws<ArgumentException>(() => grain.Receive("no message", Some.Noon));
            Assert.ThrowsAny<Exception>(() => grain.Apply("no event"));
        });
    }

    private static (GrainBench Bench, GrainId Self, object Message) Of(string kind) => kind switch
    {
        "directory" => (
            new GrainBench(new DirectoryGrain(new Money(500_00, Currency.Usd))), GrainId.Directory,
            GrainMessages.Enrol(1)),
        "seller" => (new GrainBench(new SellerAgentGrain(Seller)), Seller, GrainMessages.Listing(1)),
        _ => (new GrainBench(new BuyerAgentGrain(Buyer)), Buyer, GrainMessages.Request(1)),
    };

    private static IdentifiedLedgerCommand Told(GrainStep step, GrainId self)
    {
        var tell = Assert.Single(step.Tells);
        Assert.Equal(GrainId.Ledger, tell.To);
        var told = Assert.IsType<TellLedger>(tell.Message);
        Assert.Equal(self, told.ReplyTo);
        return Assert.IsAssignableFrom<IdentifiedLedgerCommand>(told.Command);
    }
}
