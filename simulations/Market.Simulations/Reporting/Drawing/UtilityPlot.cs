namespace Market.Simulations.Reporting.Drawing;

/// <summary>What a utility plot shows; all of it but the names may be missing.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="FirstName">The first party: its utility goes to the right.</param>
/// <param name="SecondName">The second party: its utility goes up.</param>
internal sealed record UtilityPlot(string Title, string FirstName, string SecondName)
{
    /// <summary>The utilities of all outcomes, however many: as many are drawn as can be told apart.</summary>
    public IEnumerable<UtilityPoint> Outcomes { get; init; } = [];

    /// <summary>The Pareto frontier, in any order.</summary>
    public IReadOnlyList<UtilityPoint> Frontier { get; init; } = [];

    /// <summary>The bargaining solutions; several points may bear one name.</summary>
    public IReadOnlyList<SolutionPoint> Solutions { get; init; } = [];

    /// <summary>What the first party offered, in its order.</summary>
    public IReadOnlyList<UtilityPoint> FirstOffers { get; init; } = [];

    /// <summary>What the second party offered, in its order.</summary>
    public IReadOnlyList<UtilityPoint> SecondOffers { get; init; } = [];

    /// <summary>What was agreed: one point of a negotiation, many of a tournament.</summary>
    public IReadOnlyList<UtilityPoint> Agreements { get; init; } = [];

    /// <summary>What both get without agreement; a coordinate that is not finite has no line.</summary>
    public UtilityPoint? Reservation { get; init; }
}
