namespace Market.Domain.Strategies;

/// <summary>
/// A named curve of a time-dependent strategy of the family <c>negolog:</c>, a Bézier curve: the target at t is
/// (1 − t)²·p0 + 2t(1 − t)·p1 + t²·p2 with p0 = 1 and p2 = max(0.4, rv), as the NegoLog platform parametrises it
/// (after Vahidov, Kersten and Yu, "Human-agent negotiations", 2017). It supposes utilities from 0 to 1.
/// </summary>
/// <param name="Name">The name in the catalogue, with its family.</param>
/// <param name="Control">p1, the control point in the middle.</param>
public sealed record NegologPreset(string Name, double Control)
{
    private const double Start = 1;
    private const double EndMin = 0.4;

    /// <summary>Concedes late: p1 = 0.85.</summary>
    public static NegologPreset Boulware { get; } = new("negolog:Boulware", 0.85);

    /// <summary>Concedes evenly: p1 = 0.70.</summary>
    public static NegologPreset Linear { get; } = new("negolog:Linear", 0.70);

    /// <summary>Concedes early: p1 = 0.55.</summary>
    public static NegologPreset Conceder { get; } = new("negolog:Conceder", 0.55);

    /// <summary>The target at a share of the rounds.</summary>
    /// <param name="share">round/rounds, from 0.</param>
    /// <param name="reservationValue">rv; −∞ where there is none.</param>
    public double TargetAt(double share, double reservationValue)
    {
        var rest = 1 - share;
        return (rest * rest * Start)
            + (2 * share * rest * Control)
            + (share * share * Math.Max(EndMin, reservationValue));
    }
}
