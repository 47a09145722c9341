namespace Market.Domain.Strategies;

/// <summary>
/// AC-combi(T, max-window): AC-next; or from relative time T on, an offer no worse than the best one received in the
/// window that is as long as the time that is left, 1 − t.
/// </summary>
/// <param name="time">T, from 0 to 1; 0.99 where none is named.</param>
public sealed class AcceptCombined(double time = AcceptCombined.TimeDefault) : AcceptanceCondition
{
    /// <summary>T where none is named.</summary>
    public const double TimeDefault = 0.99;

    private readonly List<(int Round, double Utility)> _received = [];

    /// <inheritdoc/>
    public override void Restart() => _received.Clear();

    /// <inheritdoc/>
    public override bool Accepts(double offered, double next, in TurnView turn)
    {
        _received.Add((turn.Round, offered));
        return offered >= next || (turn.RelativeTime >= time && offered >= BestInWindow(turn));
    }

    // An offer of round r was received at (r + 1)/(n + 1); the window begins at t − (1 − t): r ≥ 2·round − n in whole
    // numbers, without rounding.
    private double BestInWindow(in TurnView turn)
    {
        var first = (2 * turn.Round) - turn.RoundsMax;
        var best = double.NegativeInfinity;
        for (var i = _received.Count - 1; i >= 0 && _received[i].Round >= first; i--)
        {
            best = Math.Max(best, _received[i].Utility);
        }

        return best;
    }
}
