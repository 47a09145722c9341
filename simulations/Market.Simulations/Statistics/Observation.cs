using Market.Simulations.Results;

namespace Market.Simulations.Statistics;

/// <summary>One party of one negotiation: what statistics of strategies are made of.</summary>
/// <param name="Row">The negotiation.</param>
/// <param name="Seat">The party, from 0 in the order of play.</param>
internal readonly record struct Observation(NegotiationRow Row, int Seat)
{
    /// <summary>What this party did and got.</summary>
    public PartyRow Party => Row.Parties[Seat];
}
