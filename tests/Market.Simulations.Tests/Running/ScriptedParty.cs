using Market.Domain.Strategies;

namespace Market.Simulations.Tests.Running;

/// <summary>Makes the offers of a list one after the other, then accepts.</summary>
internal sealed class ScriptedParty(OutcomeSpace space, params int[] offers) : INegotiator
{
    private int _next;

    public NegotiatorAct Act(in NegotiationView view) => _next < offers.Length
        ? NegotiatorAct.Propose(space[offers[_next++]])
        : NegotiatorAct.Accept;
}
