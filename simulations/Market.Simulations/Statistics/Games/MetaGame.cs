namespace Market.Simulations.Statistics.Games;

/// <summary>
/// The symmetric game whose moves are strategies: two players each choose one, and get what it got on average against
/// the other's (empirical game-theoretic analysis: Wellman, "Methods for empirical game-theoretic analysis", 2006).
/// </summary>
internal sealed class MetaGame
{
    private readonly double[,] _payoffs;

    /// <summary>Makes a game.</summary>
    /// <param name="strategies">Names of the moves.</param>
    /// <param name="payoffs">What the row's move gets against the column's; finite.</param>
    public MetaGame(IReadOnlyList<string> strategies, double[,] payoffs)
    {
        ArgumentNullException.ThrowIfNull(strategies);
        ArgumentNullException.ThrowIfNull(payoffs);
        (Strategies, _payoffs) = (strategies, payoffs);
        var all = payoffs.Cast<double>().DefaultIfEmpty().ToList();
        (Low, Spread) = (all.Min(), Math.Max(all.Max() - all.Min(), 1e-300));
    }

    /// <summary>Names of the moves.</summary>
    public IReadOnlyList<string> Strategies { get; }

    /// <summary>Number of moves.</summary>
    public int Count => Strategies.Count;

    /// <summary>The lowest payoff.</summary>
    public double Low { get; }

    /// <summary>Highest minus lowest payoff, above zero.</summary>
    public double Spread { get; }

    /// <summary>What a move gets against another.</summary>
    public double this[int own, int other] => _payoffs[own, other];

    /// <summary>The game of a run's pairs.</summary>
    /// <param name="statistics">The run's statistics.</param>
    /// <param name="flaw">Why there is none, in a sentence; null where there is one.</param>
    /// <returns>Null where strategies have not met themselves and all others.</returns>
    public static MetaGame? Of(TournamentStatistics statistics, out string? flaw)
    {
        string[] names = [.. statistics.Strategies.Select(static strategy => strategy.Name)];
        var scores = statistics.Pairs.ToDictionary(
            static pair => (pair.Strategy, pair.Opponent), static pair => pair.Score.Value);
        var payoffs = new double[names.Length, names.Length];
        flaw = names.Length == 0 ? "There are no negotiations." : null;
        for (var i = 0; i < names.Length && flaw is null; i++)
        {
            for (var j = 0; j < names.Length && flaw is null; j++)
            {
                if (scores.GetValueOrDefault((names[i], names[j])) is { } score)
                {
                    payoffs[i, j] = score;
                    continue;
                }

                flaw = i == j
                    ? $"{names[i]} did not meet itself; a tournament with self-play has all meetings of the game."
                    : $"{names[i]} did not meet {names[j]}.";
            }
        }

        return flaw is null ? new MetaGame(names, payoffs) : null;
    }

    /// <summary>What each move gets where the other player mixes.</summary>
    public double[] PayoffsAgainst(ReadOnlySpan<double> mixture)
    {
        var payoffs = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            for (var j = 0; j < Count; j++)
            {
                payoffs[i] += _payoffs[i, j] * mixture[j];
            }
        }

        return payoffs;
    }

    /// <summary>What a mixture gets against itself.</summary>
    public double ValueOf(ReadOnlySpan<double> mixture)
    {
        var value = 0.0;
        var payoffs = PayoffsAgainst(mixture);
        for (var i = 0; i < Count; i++)
        {
            value += mixture[i] * payoffs[i];
        }

        return value;
    }

    /// <summary>What the best reply gains over a mixture: zero at an equilibrium.</summary>
    public double RegretOf(ReadOnlySpan<double> mixture) => PayoffsAgainst(mixture).Max() - ValueOf(mixture);
}
