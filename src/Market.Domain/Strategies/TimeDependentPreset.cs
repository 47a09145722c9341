namespace Market.Domain.Strategies;

/// <summary>
/// A named curve of a time-dependent strategy of the family <c>negmas:</c>. The aspiration at relative time t is 1 −
/// t^e; e &gt; 1 concedes late (Boulware), e &lt; 1 early (Conceder). After Faratin, Sierra and Jennings, "Negotiation
/// decision functions for autonomous agents" (1998), as the NegMAS platform parametrises it.
/// </summary>
/// <param name="Name">The name in the catalogue, with its family.</param>
/// <param name="Exponent">e, more than 0.</param>
/// <param name="Slack">ε, taken off the aspired utility, in units of the utility.</param>
/// <param name="RationalOnly">Whether offers are searched only among outcomes no worse than no agreement.</param>
public sealed record TimeDependentPreset(string Name, double Exponent, double Slack, bool RationalOnly)
{
    private const double AspirationSlack = 1e-3;

    /// <summary>Concedes late: e = 4.</summary>
    public static TimeDependentPreset Boulware { get; } = new("negmas:Boulware", 4, 1e-4, true);

    /// <summary>Concedes evenly: e = 1.</summary>
    public static TimeDependentPreset Linear { get; } = new("negmas:Linear", 1, 1e-4, true);

    /// <summary>Concedes early: e = ¼.</summary>
    public static TimeDependentPreset Conceder { get; } = new("negmas:Conceder", 0.25, 1e-4, true);

    /// <summary>Concedes late: e = 4; a wider slack, and a search over all outcomes.</summary>
    public static TimeDependentPreset AspirationBoulware { get; } =
        new("negmas:AspirationBoulware", 4, AspirationSlack, false);

    /// <summary>Concedes evenly: e = 1; a wider slack, and a search over all outcomes.</summary>
    public static TimeDependentPreset AspirationLinear { get; } =
        new("negmas:AspirationLinear", 1, AspirationSlack, false);

    /// <summary>Concedes early: e = ¼; a wider slack, and a search over all outcomes.</summary>
    public static TimeDependentPreset AspirationConceder { get; } =
        new("negmas:AspirationConceder", 0.25, AspirationSlack, false);

    /// <summary>A curve of any exponent, named for example <c>negmas:Poly2.5</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The exponent is not in the range of
    /// <see cref="Powers"/>.</exception>
    public static TimeDependentPreset Poly(double exponent)
    {
        if (exponent is not (> 0 and <= Powers.ExponentMax))
        {
            throw new ArgumentOutOfRangeException(
                nameof(exponent), exponent, $"The exponent must be more than 0 and at most {Powers.ExponentMax}.");
        }

        return new(FormattableString.Invariant($"negmas:Poly{exponent}"), exponent, AspirationSlack, false);
    }

    /// <summary>The aspired share of the range of utilities at a relative time from 0 to 1: 1 − t^e.</summary>
    public double AspirationAt(double relativeTime) => 1 - Powers.Power(relativeTime, Exponent);
}
