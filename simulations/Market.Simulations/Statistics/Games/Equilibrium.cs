namespace Market.Simulations.Statistics.Games;

/// <summary>A symmetric Nash equilibrium: against this mixture, no move does better than it.</summary>
/// <param name="Shares">The share of each move.</param>
/// <param name="Value">What the mixture gets against itself.</param>
internal sealed record Equilibrium(IReadOnlyList<double> Shares, double Value)
{
    /// <summary>The moves that it uses.</summary>
    public IEnumerable<int> Support =>
        Enumerable.Range(0, Shares.Count).Where(move => Shares[move] > SymmetricEquilibria.Tolerance);
}
