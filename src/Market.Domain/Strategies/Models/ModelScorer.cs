namespace Market.Domain.Strategies;

/// <summary>
/// Scores opponent models against a true profile, round after round. All outcomes of a small space are scored; of a
/// larger one a sample, drawn once with a fixed seed, so that scores of all models and runs are of the same outcomes.
/// Reuses its memory: for one thread at a time.
/// </summary>
public sealed class ModelScorer
{
    /// <summary>Most outcomes that are scored: the work of a round is bounded by it.</summary>
    public const int OutcomesMax = 2_000;

    private const ulong SampleSeed = 0x6D6F64656C73;

    private readonly int[] _outcomes;
    private readonly double[] _truth;
    private readonly double[] _estimates;
    private readonly double[] _truthRanks;
    private readonly double[] _estimateRanks;
    private readonly RankCorrelation _ranks;

    /// <summary>Prepares for models of a party.</summary>
    /// <param name="truth">What the party really wants.</param>
    public ModelScorer(RankedOutcomes truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        _outcomes = Sample(truth.Space.Count);
        _truth = [.. _outcomes.Select(truth.UtilityOf)];
        _estimates = new double[_outcomes.Length];
        _truthRanks = new double[_outcomes.Length];
        _estimateRanks = new double[_outcomes.Length];
        _ranks = new RankCorrelation(_outcomes.Length);
        _ranks.MeanRanks(_truth, _truthRanks);
    }

    /// <summary>Number of outcomes that are scored.</summary>
    public int Count => _outcomes.Length;

    /// <summary>The score of what a model knows now.</summary>
    public ModelScore Score(OpponentModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        for (var i = 0; i < _outcomes.Length; i++)
        {
            _estimates[i] = model.Estimate(_outcomes[i]);
        }

        _ranks.MeanRanks(_estimates, _estimateRanks);
        return new ModelScore(
            RootMeanSquareError(),
            RankCorrelation.Pearson(_truthRanks, _estimateRanks),
            _ranks.KendallTauB(_truth, _estimates));
    }

    // Estimates that are all equal say nothing of an outcome: they are taken as 0.
    private double? RootMeanSquareError()
    {
        var (truthMin, truthMax) = Range(_truth);
        var (min, max) = Range(_estimates);
        if (truthMax <= truthMin)
        {
            return null;
        }

        var sum = 0.0;
        for (var i = 0; i < _truth.Length; i++)
        {
            var truth = (_truth[i] - truthMin) / (truthMax - truthMin);
            var estimate = max > min ? (_estimates[i] - min) / (max - min) : 0;
            sum += (truth - estimate) * (truth - estimate);
        }

        return Math.Sqrt(sum / _truth.Length);
    }

    private static (double Min, double Max) Range(double[] numbers)
    {
        var (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var number in numbers)
        {
            (min, max) = (Math.Min(min, number), Math.Max(max, number));
        }

        return (min, max);
    }

    private static int[] Sample(int count)
    {
        var all = Enumerable.Range(0, count).ToArray();
        if (count <= OutcomesMax)
        {
            return all;
        }

        // The first places of a shuffle.
        var chance = new SeededGenerator(SampleSeed);
        for (var i = 0; i < OutcomesMax; i++)
        {
            var other = i + chance.Next(count - i);
            (all[i], all[other]) = (all[other], all[i]);
        }

        Array.Sort(all, 0, OutcomesMax);
        return all[..OutcomesMax];
    }
}
