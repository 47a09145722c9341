using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

public sealed class ModelScorerTests
{
    private static readonly double[] Truth = [0.1, 0.9, 0.4, 0.4, 0.7, 0.2];

    [Fact]
    public void A_model_that_knows_the_truth_scores_best_on_any_scale()
    {
        var own = Some.Ranked(0, Truth);
        var score = new ModelScorer(own).Score(new Known(own, outcome => (3 * Truth[outcome]) + 5));
        Assert.Equal(0, score.RootMeanSquareError!.Value, 12);
        Assert.Equal(1, score.Spearman!.Value, 12);
        Assert.Equal(1, score.Kendall!.Value, 12);
    }

    [Fact]
    public void A_model_that_has_it_backwards_scores_worst()
    {
        var own = Some.Ranked(0, Truth);
        var score = new ModelScorer(own).Score(new Known(own, outcome => -Truth[outcome]));
        Assert.Equal(-1, score.Spearman!.Value, 12);
        Assert.Equal(-1, score.Kendall!.Value, 12);
    }

    [Fact]
    public void Of_all_equal_estimates_no_order_is_scored()
    {
        var own = Some.Ranked(0, 0, 1);
        Assert.Equal(
            new ModelScore(Math.Sqrt(0.5), null, null), new ModelScorer(own).Score(new Known(own, _ => 0.3)));
        var flat = Some.Ranked(0, 2, 2);
        Assert.Equal(
            new ModelScore(null, null, null), new ModelScorer(flat).Score(new Known(flat, outcome => outcome)));
    }

    [Fact]
    public void The_fast_rank_correlation_is_the_one_of_all_pairs()
    {
        var chance = new SeededGenerator(12);
        for (var run = 0; run < 30; run++)
        {
            double[] truth = [.. Enumerable.Range(0, 60).Select(_ => (double)chance.Next(25))];
            double[] estimates = [.. Enumerable.Range(0, 60).Select(_ => (double)chance.Next(15))];
            var own = Some.Ranked(0, truth);
            var score = new ModelScorer(own).Score(new Known(own, outcome => estimates[outcome]));
            Assert.Equal(OfAllPairs(truth, estimates), score.Kendall!.Value, 12);
        }
    }

    [Fact]
    public void Of_many_outcomes_a_fixed_sample_is_scored()
    {
        const int Most = ModelScorer.OutcomesMax;
        Assert.Equal(Most - 1, ScorerOf(Most - 1).Count);
        Assert.Equal(Most, ScorerOf(Most).Count);
        Assert.Equal(Most, ScorerOf(Most + 1).Count);
        Assert.Equal(Most, ScorerOf(50_000).Count);

        static ModelScorer ScorerOf(int outcomes) =>
            new(Some.Ranked(0, [.. Enumerable.Range(0, outcomes).Select(i => (double)i)]));
    }

    private static double OfAllPairs(double[] a, double[] b)
    {
        var (score, pairsA, pairsB) = (0, 0, 0);
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (signA, signB) = (Math.Sign(a[i] - a[j]), Math.Sign(b[i] - b[j]));
                score += signA * signB;
                pairsA += signA == 0 ? 0 : 1;
                pairsB += signB == 0 ? 0 : 1;
            }
        }

        return score / Math.Sqrt((double)pairsA * pairsB);
    }

    private sealed class Known(RankedOutcomes truth, Func<int, double> estimate) : OpponentModel(truth.Space)
    {
        public override void Restart()
        {
        }

        public override void Observe(int offer, double relativeTime)
        {
        }

        public override double Estimate(int outcome) => estimate(outcome);
    }
}
