namespace Market.Domain.Strategies;

/// <summary>
/// A negotiation strategy for one party: a view in, an act out, and nothing else. An implementation knows only its own
/// preferences and what the view shows, reads no clock and rolls no dice but a seeded generator of its own, so that a
/// run can be repeated exactly. Where it keeps state, one instance serves one negotiation.
/// </summary>
public interface INegotiator
{
    /// <summary>What to do now that it is this party's turn.</summary>
    NegotiatorAct Act(in NegotiationView view);
}
