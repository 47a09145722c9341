namespace Market.Domain.Strategies;

/// <summary>
/// When a party accepts the standing offer, apart from how it offers; see Baarslag, Hindriks and Jonker, "Effective
/// acceptance conditions in real-time automated negotiation" (2014), for all of them.
/// </summary>
public abstract class AcceptanceCondition
{
    /// <summary>Forgets the negotiation.</summary>
    public virtual void Restart()
    {
    }

    /// <summary>
    /// Whether the standing offer is accepted; asked in every turn in which one stands, until it says yes.
    /// </summary>
    /// <param name="offered">The own utility of the standing offer.</param>
    /// <param name="next">The own utility of what the party would offer instead; the reservation value where it would
    /// end.</param>
    /// <param name="turn">The turn.</param>
    public abstract bool Accepts(double offered, double next, in TurnView turn);
}
