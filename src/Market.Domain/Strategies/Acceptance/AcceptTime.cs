namespace Market.Domain.Strategies;

/// <summary>AC-time: any offer from a relative time on, t ≥ T, also one worse than no agreement.</summary>
/// <param name="time">T, from 0 to 1.</param>
public sealed class AcceptTime(double time) : AcceptanceCondition
{
    /// <inheritdoc/>
    public override bool Accepts(double offered, double next, in TurnView turn) => turn.RelativeTime >= time;
}
