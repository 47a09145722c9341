using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Domain.Tests.Negotiating;

/// <summary>INV-8: one message id, one effect; the same answer however often and however late it comes again.</summary>
public sealed class MessageIdProperties
{
    [Property(Arbitraries = typeof(Scripts), MaxTest = 300, EndSize = 160)]
    public void An_id_has_at_most_one_effect_and_one_answer(Script script)
    {
        var recorded = new Dictionary<(AgentNumber, MessageId), (ActDigest Digest, ActRecorded Answer)>();
        foreach (var step in Trial.Of(script).Steps)
        {
            if (step.Command is not PerformAct act)
            {
                continue;
            }

            if (!recorded.TryGetValue((act.From, act.Act.Message), out var earlier))
            {
                if (step.Decision.Answer is { } answer)
                {
                    recorded.Add((act.From, act.Act.Message), (act.Digest, answer));
                }

                continue;
            }

            Assert.Null(step.Decision.Event);
            Assert.Equal(
                earlier.Digest == act.Digest
                    ? new NegotiationDecision(null, null, earlier.Answer)
                    : NegotiationDecision.Refuse(NegotiationRefusal.MessageIdReused),
                step.Decision);
        }
    }

    [Property(Arbitraries = typeof(Scripts), MaxTest = 100, EndSize = 120)]
    public void Every_recorded_act_may_come_again_at_any_later_time_in_any_order(Script script, int seed)
    {
        var trial = Trial.Of(script);
        var recorded = trial.Steps.Where(step => step.Decision.Answer is not null).ToArray();
        new Random(seed).Shuffle(recorded);
        var events = trial.Events.Count();
        foreach (var step in recorded)
        {
            trial.WaitUntil(trial.State.LastTime + TimeSpan.FromHours(1));
            Assert.Equal(new NegotiationDecision(null, null, step.Decision.Answer), trial.Do(step.Command).Decision);
        }

        Assert.Equal(events, trial.Events.Count());
    }

    [Property(Arbitraries = typeof(Scripts), MaxTest = 100, EndSize = 120)]
    public void The_opening_again_with_another_payload_is_refused(Script script)
    {
        var trial = Trial.Of(script);
        var opening = (OpenNegotiationCommand)trial.Steps[0].Command;

        Assert.Equal(
            NegotiationDecision.Refuse(NegotiationRefusal.MessageIdReused),
            trial.Do(opening with { Digest = Some.Digest(-1) }).Decision);
    }

    [Fact]
    public void A_known_id_is_answered_even_when_it_has_left_the_window()
    {
        var bench = NegotiationBench.Opened();
        var act = bench.Leave(Party.Seller);
        var answer = bench.Do(act).Answer;
        bench.Wait(MarketLimits.MessageIdWindow + TimeSpan.FromDays(1));

        Assert.Equal(new NegotiationDecision(null, null, answer), bench.Do(act));
    }

    [Property]
    public void What_an_act_creates_is_named_by_its_agent_and_message(int agent, int message)
    {
        var id = Some.Message(message, Some.Noon);
        var name = MessageIds.Derive("negotiation", Some.Market, new AgentNumber(agent), id);

        Assert.Equal(name, MessageIds.Derive("negotiation", Some.Market, new AgentNumber(agent), id));
        Assert.NotEqual(name, MessageIds.Derive("listing", Some.Market, new AgentNumber(agent), id));
        Assert.NotEqual(name, MessageIds.Derive("negotiation", new MarketId(id.Value), new AgentNumber(agent), id));
        Assert.NotEqual(name, MessageIds.Derive("negotiation", Some.Market, new AgentNumber(unchecked(agent + 1)), id));
        Assert.Equal(7, name.Version);
        Assert.Equal(Some.Noon, MessageIds.TimeOf(new MessageId(name)));
    }
}
