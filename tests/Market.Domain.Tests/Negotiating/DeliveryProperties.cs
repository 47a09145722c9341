using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Domain.Tests.Negotiating;

/// <summary>
/// The acts of a script, delivered by a network that loses, doubles and reorders them (INV-8, INV-9, INV-12, INV-18,
/// INV-21): the protocol is kept, every act happens once at most and is answered alike however often it comes, and
/// given time every negotiation ends.
/// </summary>
public sealed class DeliveryProperties
{
    [Property(Arbitraries = typeof(Scripts), MaxTest = 400, EndSize = 200)]
    public void The_protocol_holds_whatever_the_network_does(Script script)
    {
        var random = new Random(script.Shape);
        var delivered = Deliver(Trial.Of(script), random);
        var state = new NegotiationState(Some.Market);
        var model = new ProtocolModel();
        var answers = new Dictionary<(AgentNumber From, MessageId Message, ActDigest Digest), ActRecorded>();
        var clock = Some.Noon;
        LedgerTime? due = null;
        foreach (var command in delivered)
        {
            clock += TimeSpan.FromSeconds(random.Next(20));
            var decision = NegotiationMachine.Decide(state, command, LedgerTime.After(state.LastTime, clock));
            if (decision.Event is { } @event)
            {
                due = NegotiationMachine.DeadlineAfter(state, @event);
                model.Take(@event);
                state.Apply(@event);
            }

            if (command is PerformAct act && decision.Answer is { } answer)
            {
                var key = (act.From, act.Act.Message, act.Digest);
                Assert.Equal(answers.GetValueOrDefault(key, answer), answer);
                Assert.Equal(decision.Event is not null, answers.TryAdd(key, answer));
            }
        }

        EndInTime(state, model, due);
    }

    /// <summary>What the trial did to the negotiation, opening first, some of it lost, doubled or late.</summary>
    private static List<NegotiationCommand> Deliver(Trial trial, Random random)
    {
        var late = new List<NegotiationCommand>();
        var delivered = new List<NegotiationCommand> { trial.Steps[0].Command };
        foreach (var command in trial.Steps.Skip(1).Select(step => step.Command))
        {
            for (var copies = random.Next(8) switch { 0 => 0, 1 or 2 => 2, _ => 1 }; copies > 0; copies--)
            {
                (random.Next(4) == 0 ? late : delivered).Add(command);
            }

            if (late.Count > 0 && random.Next(3) == 0)
            {
                var place = random.Next(late.Count);
                delivered.Add(late[place]);
                late.RemoveAt(place);
            }
        }

        return [.. delivered, .. late];
    }

    private static void EndInTime(NegotiationState state, ProtocolModel model, LedgerTime? due)
    {
        // The offer's end, the negotiation's end; or the ledger's answer.
        for (var i = 0; i < 2 && state.IsLive; i++)
        {
            var expiry = NegotiationMachine.Decide(
                state, PassTime.Instance, LedgerTime.After(state.LastTime, due!.Value)).Event!;
            due = NegotiationMachine.DeadlineAfter(state, expiry);
            model.Take(expiry);
            state.Apply(expiry);
        }

        if (state.Deal is { } deal && !state.HasEnded)
        {
            state.Apply(NegotiationMachine.Decide(
                state, new ConfirmSettlement(deal, Some.Receipt()), LedgerTime.After(state.LastTime, default)).Event!);
        }

        Assert.True(state.HasEnded, $"It stays {state.Status}.");
    }
}
