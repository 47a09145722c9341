using Market.Domain.Strategies;

namespace Market.Simulations.Running;

/// <summary>
/// Scores what strategies have learnt of their counterparties against the truth, at the end of a negotiation. For one
/// worker: what a scenario needs is kept until the next one comes.
/// </summary>
internal sealed class ModelScores
{
    private readonly Dictionary<int, ModelScorer> _scorers = [];
    private StageBench? _bench;

    /// <summary>The score of a strategy's models, of several their mean; nothing for a strategy without.</summary>
    public ModelScore Of(StageBench bench, in RunPlace place, int seat, INegotiator? strategy)
    {
        if (strategy is not ComposedNegotiator { Models: { Count: > 0 } models })
        {
            return default;
        }

        if (_bench != bench)
        {
            _bench = bench;
            _scorers.Clear();
        }

        var scores = new ModelScore[models.Count];
        for (var i = 0; i < models.Count; i++)
        {
            // Models are in the order of play, from the seat after the own one.
            var other = place.ProfileOf((seat + 1 + i) % place.Lineup.Count);
            if (!_scorers.TryGetValue(other, out var scorer))
            {
                scorer = new ModelScorer(bench.Ranked[other]);
                _scorers.Add(other, scorer);
            }

            scores[i] = scorer.Score(models[i]);
        }

        return scores.Length == 1
            ? scores[0]
            : new ModelScore(
                scores.Average(score => score.RootMeanSquareError),
                scores.Average(score => score.Spearman),
                scores.Average(score => score.Kendall));
    }
}
