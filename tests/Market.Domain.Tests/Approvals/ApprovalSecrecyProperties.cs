using Market.Domain.Approvals;
using Market.Domain.Negotiating;
using Market.Domain.Tests.Negotiating;
using Market.Domain.Wire;
using Market.Testing;

namespace Market.Domain.Tests.Approvals;

/// <summary>
/// INV-20 for approvals: whether a side's mandate asks for them, and whether they were given, is in no byte that the
/// other side gets.
/// </summary>
public sealed class ApprovalSecrecyProperties
{
    [Property(Arbitraries = typeof(Scripts), MaxTest = 300, EndSize = 200)]
    public void The_other_side_sees_the_same_bytes_with_and_without_approvals(Script script)
    {
        var plain = Trial.Of(script, PrivateSide.Second, PrivateSide.Second);
        var approved = Replay(plain, out var approvals);

        foreach (var viewer in Enum.GetValues<Party>())
        {
            var own = approvals[viewer].Count > 0;
            var other = approvals[viewer.Counterparty()].Count > 0;
            var (before, after) = (SeenBy(viewer, plain.Events), SeenBy(viewer, approved));
            Assert.Equal(!own, before.SequenceEqual(after));
            if (other && !own)
            {
                Assert.Equal(before, after);
            }
        }
    }

    [Property(Arbitraries = typeof(Scripts), MaxTest = 100, EndSize = 200)]
    public void What_a_side_sees_of_approvals_is_its_own(Script script)
    {
        var approved = Replay(Trial.Of(script, PrivateSide.Second, PrivateSide.Second), out var approvals);
        foreach (var viewer in Enum.GetValues<Party>())
        {
            var seen = approved.Select(e => ApprovalOf(NegotiationViews.SeenBy(e, viewer))).OfType<GrantedApproval>();

            Assert.Equal(approvals[viewer], seen);
        }
    }

    /// <summary>The same commands at the same moments, each binding one with the approval of its principal.</summary>
    private static List<NegotiationEvent> Replay(Trial trial, out Dictionary<Party, List<GrantedApproval>> approvals)
    {
        approvals = new() { [Party.Buyer] = [], [Party.Seller] = [] };
        var state = new NegotiationState(Some.Market);
        var events = new List<NegotiationEvent>();
        foreach (var step in trial.Steps)
        {
            var decision = NegotiationMachine.Decide(state, step.Command, step.Now);
            if (ApprovalMatters.Of(state, decision.Event) is { } matter)
            {
                Assert.False(Settlement.CommitmentOf(state, decision.Event)!.Value.IsApproved);
                var approval = SomeApproval.Granted(matter, step.Now + ApprovalLimits.ValidityMax);
                decision = NegotiationMachine.Decide(state, With(step.Command, approval), step.Now);

                // An offer of which a part may be taken is none that an approval is for.
                var counts = decision.Event is not (OfferMade { Offer.PartialFrom: not null }
                    or NegotiationOpened { FirstOffer.PartialFrom: not null });
                Assert.Equal(counts, Settlement.CommitmentOf(state, decision.Event)!.Value.IsApproved);
                approvals[matter.Side].AddRange(counts ? [approval] : []);
            }

            Assert.Equal((step.Decision.Refusal, step.Decision.Answer), (decision.Refusal, decision.Answer));
            if (decision.Event is { } @event)
            {
                state.Apply(@event);
                events.Add(@event);
            }
        }

        return events;
    }

    private static NegotiationCommand With(NegotiationCommand command, GrantedApproval approval) => command switch
    {
        PerformAct act => act with { Approval = approval },
        OpenNegotiationCommand opening => opening with { Approval = approval },
        _ => command,
    };

    private static GrantedApproval? ApprovalOf(NegotiationEvent @event) =>
        (GrantedApproval?)@event.GetType().GetProperty("Approval")?.GetValue(@event);

    private static List<string> SeenBy(Party viewer, IEnumerable<NegotiationEvent> events) =>
    [
        .. events.Select(e => Convert.ToHexString(WireCatalog.EncodeTagged(NegotiationViews.SeenBy(e, viewer)))),
    ];
}
