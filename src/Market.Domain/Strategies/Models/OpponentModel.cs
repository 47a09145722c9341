namespace Market.Domain.Strategies;

/// <summary>
/// What a party believes that a counterparty wants, learnt from its offers alone. Estimates are from 0 to 1; their
/// order matters more than their size. Deterministic, and for one negotiation at a time.
/// </summary>
public abstract class OpponentModel
{
    private readonly int[] _levels;

    /// <summary>Begins without any offer seen.</summary>
    /// <param name="space">The outcomes; the model looks at their issues.</param>
    protected OpponentModel(OutcomeSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        Space = space;
        _levels = [.. space.Agenda.Issues.Select(issue => (int)issue.LevelCount)];
    }

    /// <summary>The outcomes.</summary>
    public OutcomeSpace Space { get; }

    /// <summary>Number of values of each issue.</summary>
    protected ReadOnlySpan<int> LevelCounts => _levels;

    /// <summary>Forgets the negotiation.</summary>
    public abstract void Restart();

    /// <summary>Learns of the counterparty's next offer.</summary>
    /// <param name="offer">The outcome's index.</param>
    /// <param name="relativeTime">When it came, from 0 to 1.</param>
    public abstract void Observe(int offer, double relativeTime);

    /// <summary>What an outcome is worth to the counterparty, as far as the model knows.</summary>
    public abstract double Estimate(int outcome);

    /// <summary>The level of each issue in an outcome, from its index.</summary>
    protected void LevelsOf(int outcome, Span<int> levels)
    {
        for (var i = _levels.Length - 1; i >= 0; i--)
        {
            var rest = outcome / _levels[i];
            levels[i] = outcome - (rest * _levels[i]);
            outcome = rest;
        }
    }
}
