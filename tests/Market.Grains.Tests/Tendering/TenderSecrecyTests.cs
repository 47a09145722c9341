using FsCheck;
using Market.Domain;
using Market.Domain.Tendering;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Tests.Grains;
using Market.Testing;

namespace Market.Grains.Tests.Tendering;

/// <summary>
/// Before the reveal nobody's bytes depend on what another has bid (INV-20): the events that reach an agent and the
/// answers to what it asks are the same whoever bid what, how often, and whether it withdrew.
/// </summary>
public sealed class TenderSecrecyTests
{
    private static readonly AgentNumber Observer = TenderBench.Seller(1);

    [Property(MaxTest = 100)]
    public void Before_the_reveal_what_others_bid_changes_no_byte_for_anyone_else((byte Who, byte Price)[] others)
    {
        var (without, with) = (new Run(), new Run());
        without.Play([]);
        with.Play(others);

        Assert.Equal(without.SeenBy(Some.BuyerAgent), with.SeenBy(Some.BuyerAgent));
        Assert.Equal(without.SeenBy(Observer), with.SeenBy(Observer));
        Assert.Equal(without.SeenBy(TenderBench.Seller(99)), with.SeenBy(TenderBench.Seller(99)));
    }

    [Fact]
    public void At_the_reveal_all_who_bid_learn_the_same_but_for_their_own_places()
    {
        var run = new Run();
        run.Play([(0, 11), (1, 21), (2, 31)]);
        run.Reveal();
        var seen = Enumerable.Range(1, 4).Select(n => (TenderRevealed)run.LastSeenBy(TenderBench.Seller(n))).ToArray();

        Assert.Equal([1, 2, 3, 4], seen.Select(revealed => revealed.Place!.Value).Order());
        Assert.Single(seen.Select(revealed => revealed with { Place = null }).Distinct());
        Assert.DoesNotContain(run.EventsOf(TenderBench.Seller(99)), e => e is TenderRevealed);
    }

    /// <summary>A grain, and whom the journal's feed would give its rows to.</summary>
    private sealed class Run
    {
        private readonly GrainBench _bench = new(new TenderGrain(Some.Market));
        private readonly List<(AgentNumber Agent, object? Answer)> _answers = [];
        private readonly HashSet<AgentNumber> _group = [];
        private readonly List<(AgentNumber Agent, TenderEvent Event)> _seen = [];
        private int _message = 100;

        public void Play((byte Who, byte Price)[] others)
        {
            Send(Some.BuyerAgent, TenderBench.Opening());
            _bench.Clock += TimeSpan.FromSeconds(1);
            Send(Observer, TenderBench.Bid(1, 70_00, message: 2));
            foreach (var (who, price) in others)
            {
                _bench.Clock += TimeSpan.FromMilliseconds(1);
                var seller = 2 + (who % 6);
                Send(TenderBench.Seller(seller), price % 5 == 0
                    ? Act(TenderBench.Seller(seller), message => new WithdrawBid(message, TenderBench.Tender))
                    : TenderBench.Bid(seller, 50_00 + price, ++_message));
            }

            _bench.Clock = Some.Noon + TimeSpan.FromMinutes(5);
            foreach (var agent in new[] { Some.BuyerAgent, Observer, TenderBench.Seller(99) })
            {
                Ask(agent, new GetTender(TenderBench.Tender));
                Ask(agent, new GetBids(TenderBench.Tender));
                Ask(agent, new GetBidHashes(TenderBench.Tender));
                Send(agent, Act(agent, message => new CloseTender(message, TenderBench.Tender), number: 50));
            }
        }

        public void Reveal()
        {
            _bench.Clock = Some.Noon + TenderBench.Window;
            Keep(_bench.Receive(new DeadlineReached()));
        }

        public IEnumerable<TenderEvent> EventsOf(AgentNumber agent) =>
            _seen.Where(row => row.Agent == agent).Select(row => row.Event);

        public TenderEvent LastSeenBy(AgentNumber agent) => (TenderEvent)EventsOf(agent).Last().SeenBy(agent);

        public string SeenBy(AgentNumber agent)
        {
            var events = EventsOf(agent).Select(e => (object?)e.SeenBy(agent));
            var answers = _answers.Where(answer => answer.Agent == agent).Select(answer => answer.Answer);
            return string.Join(
                '\n', events.Concat(answers).Select(m => Convert.ToHexString(WireCatalog.EncodeTagged(m!))));
        }

        private static PerformTenderAct Act(
            AgentNumber from, Func<MessageId, TenderAct> act, int number) => new(
                from, act(Some.Message(number, Some.Noon)), Some.Digest(number), null, null, null);

        private PerformTenderAct Act(AgentNumber from, Func<MessageId, TenderAct> act) => Act(from, act, ++_message);

        private void Ask(AgentNumber asker, TenderQuery query) =>
            _answers.Add((asker, _bench.Receive(new AskTender(asker, query)).Reply));

        private void Send(AgentNumber from, TenderCommand command)
        {
            var step = _bench.Receive(command);
            _answers.Add((from, step.Reply));
            Keep(step);
        }

        private void Keep(GrainStep step)
        {
            if (step.Event is not TenderEvent @event)
            {
                return;
            }

            if (step.Audience.IsJoining)
            {
                _group.Add(step.Audience.First);
            }

            var readers = step.Audience.IsWholeGroup ? _group : [step.Audience.First];
            _seen.AddRange(readers.Select(reader => (reader, @event)));
        }
    }
}
