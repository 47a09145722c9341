namespace Market.Domain.Strategies;

/// <summary>
/// What could have been agreed in a scenario, and how far from it an end is: the Pareto frontier of rational outcomes
/// and the bargaining solutions on it. Computed once a scenario, immutable and shared; two parties or more.
/// </summary>
/// <remarks>
/// With rvᵢ the reservation values, minᵢ and maxᵢ over all outcomes and loᵢ = max(minᵢ, rvᵢ): Nash = argmax Π(uᵢ − loᵢ)
/// (Nash 1950); Kalai, egalitarian = argmax min(uᵢ − loᵢ) (Kalai 1977), modified: argmax min uᵢ; Kalai-Smorodinsky =
/// argmin (max − min) of (uᵢ − loᵢ)/(maxᵢ − loᵢ) (Kalai and Smorodinsky 1975), modified: of uᵢ/maxᵢ; greatest welfare =
/// argmax Σuᵢ. All points within 1e-12 of the optimum are kept.
/// </remarks>
public sealed class Optimality
{
    private readonly RankedOutcomes[] _profiles;
    private readonly double[] _disagreement;
    private readonly Lazy<OptimalityScores> _scoresOfDisagreement;

    /// <summary>Finds frontier and solutions.</summary>
    /// <param name="profiles">The parties' ranked outcomes, all over one agenda; two or more.</param>
    /// <exception cref="ArgumentException">There are fewer than two, or their agendas differ in size.</exception>
    public Optimality(params ReadOnlySpan<RankedOutcomes> profiles)
    {
        if (profiles.Length < 2)
        {
            throw new ArgumentException($"Two or more parties negotiate, not {profiles.Length}.", nameof(profiles));
        }

        foreach (var profile in profiles)
        {
            if (profile.Space.Count != profiles[0].Space.Count)
            {
                throw new ArgumentException("The parties rank outcomes of different agendas.", nameof(profiles));
            }
        }

        _profiles = profiles.ToArray();
        _disagreement = [.. _profiles.Select(profile => profile.ReservationValue)];
        MaxDistance = Math.Sqrt(_profiles.Sum(profile => Square(profile.UtilityMax - profile.UtilityMin)));
        RationalFraction = ShareOfRational(_profiles);
        Frontier = new SolutionPoints(_profiles, ParetoFrontier.Of(_profiles));
        Solve();
        Opposition = OppositionOf(_profiles, Frontier);
        _scoresOfDisagreement = new Lazy<OptimalityScores>(() => ScoresOf(_disagreement));
    }

    /// <summary>The parties' ranked outcomes.</summary>
    public IReadOnlyList<RankedOutcomes> Profiles => _profiles;

    /// <summary>The Pareto-optimal among the outcomes with uᵢ ≥ rvᵢ for all i.</summary>
    public SolutionPoints Frontier { get; }

    /// <summary>The Nash points.</summary>
    public SolutionPoints Nash { get; private set; } = null!;

    /// <summary>The Kalai (egalitarian) points.</summary>
    public SolutionPoints Kalai { get; private set; } = null!;

    /// <summary>The modified Kalai points.</summary>
    public SolutionPoints ModifiedKalai { get; private set; } = null!;

    /// <summary>The Kalai-Smorodinsky points.</summary>
    public SolutionPoints KalaiSmorodinsky { get; private set; } = null!;

    /// <summary>The modified Kalai-Smorodinsky points; none where some maxᵢ ≤ 0.</summary>
    public SolutionPoints ModifiedKalaiSmorodinsky { get; private set; } = null!;

    /// <summary>The points of greatest welfare. (Another platform calls this one Kalai.)</summary>
    public SolutionPoints MaxWelfarePoints { get; private set; } = null!;

    /// <summary>The largest Σuᵢ on the frontier; null where it is empty.</summary>
    public double? MaxWelfare { get; private set; }

    /// <summary>D = √Σ(maxᵢ − minᵢ)², by which distances are judged.</summary>
    public double MaxDistance { get; }

    /// <summary>Share of the outcomes with uᵢ &gt; rvᵢ for all i.</summary>
    public double RationalFraction { get; }

    /// <summary>
    /// The least √Σ(1 − uᵢ/maxᵢ)² of rational outcomes; null where there is none, or some maxᵢ ≤ 0.
    /// </summary>
    public double? Opposition { get; }

    /// <summary>The metrics of an end.</summary>
    /// <param name="agreement">The index of what was agreed, or <see cref="TurnView.NoOffer"/>.</param>
    public OptimalityScores ScoresOf(int agreement)
    {
        if (agreement < 0)
        {
            return _scoresOfDisagreement.Value;
        }

        Span<double> point = stackalloc double[_profiles.Length];
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = _profiles[i].UtilityOf(agreement);
        }

        return ScoresOf(point);
    }

    /// <summary>
    /// A party's advantage: (u − rv)/(max − rv); null where max − rv is not positive or not finite.
    /// </summary>
    public double? AdvantageOf(int party, int agreement)
    {
        var profile = _profiles[party];
        var range = profile.UtilityMax - profile.ReservationValue;
        return range > 0 && double.IsFinite(range)
            ? (profile.UtilityOfEnd(agreement) - profile.ReservationValue) / range
            : null;
    }

    private static double Square(double x) => x * x;

    private static double ShareOfRational(RankedOutcomes[] profiles)
    {
        var count = 0;
        for (var outcome = 0; outcome < profiles[0].Space.Count; outcome++)
        {
            var isRational = true;
            foreach (var profile in profiles)
            {
                isRational &= profile.UtilityOf(outcome) > profile.ReservationValue;
            }

            count += isRational ? 1 : 0;
        }

        return (double)count / profiles[0].Space.Count;
    }

    // Where all maxᵢ > 0 a dominating outcome is no farther from the best of all worlds, so the frontier is enough.
    private static double? OppositionOf(RankedOutcomes[] profiles, SolutionPoints frontier)
    {
        if (frontier.Count == 0 || profiles.Any(profile => profile.UtilityMax <= 0))
        {
            return null;
        }

        var least = double.PositiveInfinity;
        for (var place = 0; place < frontier.Count; place++)
        {
            var sum = 0.0;
            for (var i = 0; i < profiles.Length; i++)
            {
                sum += Square(1 - (frontier.UtilityOf(place, i) / profiles[i].UtilityMax));
            }

            least = Math.Min(least, sum);
        }

        return Math.Sqrt(least);
    }

    private void Solve()
    {
        var solver = new BargainingSolver(_profiles, Frontier);
        Nash = solver.Nash();
        Kalai = solver.Kalai();
        ModifiedKalai = solver.ModifiedKalai();
        KalaiSmorodinsky = solver.KalaiSmorodinsky();
        ModifiedKalaiSmorodinsky = solver.ModifiedKalaiSmorodinsky();
        MaxWelfarePoints = solver.MaxWelfare();
        MaxWelfare = MaxWelfarePoints.Count > 0 ? MaxWelfarePoints.LargestWelfare() : null;
    }

    private OptimalityScores ScoresOf(ReadOnlySpan<double> point)
    {
        var welfare = 0.0;
        foreach (var utility in point)
        {
            welfare += utility;
        }

        return new OptimalityScores
        {
            Welfare = welfare,
            ParetoDistance = Frontier.DistanceTo(point),
            NashDistance = Nash.DistanceTo(point),
            KalaiDistance = Kalai.DistanceTo(point),
            ModifiedKalaiDistance = ModifiedKalai.DistanceTo(point),
            KalaiSmorodinskyDistance = KalaiSmorodinsky.DistanceTo(point),
            ModifiedKalaiSmorodinskyDistance = ModifiedKalaiSmorodinsky.DistanceTo(point),
            MaxWelfareDistance = MaxWelfarePoints.DistanceTo(point),
            MaxDistance = MaxDistance,
            MaxWelfareOptimality = MaxWelfare is > 0 and var most ? Math.Max(0, welfare / most) : null,
        };
    }
}
