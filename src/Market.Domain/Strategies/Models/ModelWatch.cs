namespace Market.Domain.Strategies;

/// <summary>
/// Lets an opponent model watch a party, beside whatever strategies play, and scores it after each of the party's
/// offers.
/// </summary>
/// <param name="model">The model; it has seen nothing yet.</param>
/// <param name="scorer">Knows what the party really wants.</param>
/// <param name="party">The party watched, from 0 in the order of play.</param>
/// <param name="roundsMax">Rounds of the negotiation.</param>
public sealed class ModelWatch(OpponentModel model, ModelScorer scorer, int party, int roundsMax) : IActSink
{
    private readonly List<(int Round, ModelScore Score)> _scores = [];

    /// <summary>The score after each offer of the party, with its round.</summary>
    public IReadOnlyList<(int Round, ModelScore Score)> Scores => _scores;

    /// <inheritdoc/>
    public void Acted(in PartyAct act)
    {
        if (act.Party == party && act.Kind == NegotiatorActKind.Propose)
        {
            model.Observe(act.Outcome, NegotiationView.RelativeTimeOf(act.Round, roundsMax));
            _scores.Add((act.Round, scorer.Score(model)));
        }
    }
}
