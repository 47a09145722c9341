namespace Market.Simulations.Running;

/// <summary>What a sweep varies.</summary>
/// <param name="Parameter">rounds, exponent, reservation, reservation:PARTY, discount or discount:PARTY.</param>
/// <param name="Values">Its values in order; the whole tournament runs once for each.</param>
internal sealed record SweepSettings(string Parameter, IReadOnlyList<double> Values);
