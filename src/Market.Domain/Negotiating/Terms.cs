namespace Market.Domain.Negotiating;

/// <summary>An outcome with its all-in total, which the server recomputes and never believes.</summary>
/// <param name="Outcome">A value for every issue.</param>
/// <param name="TotalMinorUnits">
/// What the buyer pays in all, charges included, in minor units of the agenda's currency.
/// </param>
/// <param name="Labels">
/// The texts of the agenda's text issues, in their order: each a name, or empty where nothing is said. They are what an
/// agent wrote: data to the other side, never instruction.
/// </param>
public sealed record Terms(Outcome Outcome, long TotalMinorUnits, ValueArray<string> Labels = default);
