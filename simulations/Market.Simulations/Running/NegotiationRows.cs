using Market.Domain;
using Market.Domain.Strategies;
using Market.Simulations.Results;

namespace Market.Simulations.Running;

/// <summary>Makes rows of negotiations that have ended.</summary>
internal static class NegotiationRows
{
    /// <summary>The row of a negotiation.</summary>
    /// <param name="place">What it was.</param>
    /// <param name="bench">Its scenario.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="log">Its acts.</param>
    /// <param name="parties">The strategies as they are at the end, for what they have learnt.</param>
    /// <param name="models">Scores what they have learnt.</param>
    /// <param name="digest">Its digest.</param>
    public static NegotiationRow Of(
        in RunPlace place,
        StageBench bench,
        ulong seed,
        in AlternatingOffersResult result,
        ActLog log,
        ReadOnlySpan<INegotiator> parties,
        ModelScores models,
        string digest)
    {
        var facts = bench.FactsOf(result.IsAgreement ? result.Agreement : TurnView.NoOffer, place.Rotation);
        var relativeTime = NegotiationView.RelativeTimeOf(result.Rounds - 1, place.Stage.Rounds);
        var seats = new PartyRow[place.Lineup.Count];
        for (var seat = 0; seat < seats.Length; seat++)
        {
            var score = models.Of(bench, place, seat, parties[seat]);
            seats[seat] = PartyOf(place, bench, seat, facts, log, relativeTime, score);
        }

        return new NegotiationRow(
            place.Number,
            place.Stage.Scenario.Name,
            place.Rotation,
            place.Repetition,
            seed,
            place.Stage.Rounds,
            WordFor(result.End),
            result.Rounds,
            result.Offers,
            facts.Agreement,
            facts.Welfare,
            facts.Metrics,
            facts.SurplusSplit,
            AnomaliesOf(place, bench, result, log),
            result.Failure is null ? string.Empty : FailureOf(place, result),
            digest,
            ValueArray.Create<PartyRow>(seats),
            place.Stage.Value,
            facts.SurplusMoney,
            facts.SurplusSplitMoney);
    }

    private static PartyRow PartyOf(
        in RunPlace place, StageBench bench, int seat, EndFacts facts, ActLog log, double relativeTime,
        ModelScore score)
    {
        var profile = bench.Scenario.Profiles[place.ProfileOf(seat)];
        var utility = facts.Utilities[seat];
        var moves = MoveCounts.Of(log.Trace, seat, bench.Seats(place.Rotation).AsSpan());
        return new PartyRow(
            place.StrategyOf(seat).Name,
            profile.Name,
            utility,
            profile.Discount == 1 ? utility : Discounting.Of(utility, profile.Discount, relativeTime),
            facts.Advantages[seat],
            moves.ShareOf(moves.Fortunate),
            moves.ShareOf(moves.Selfish),
            moves.ShareOf(moves.Concession),
            moves.ShareOf(moves.Nice),
            moves.ShareOf(moves.Silent),
            moves.ShareOf(moves.Unfortunate),
            score.RootMeanSquareError,
            score.Spearman,
            score.Kendall);
    }

    private static string AnomaliesOf(
        in RunPlace place, StageBench bench, in AlternatingOffersResult result, ActLog log)
    {
        var agreement = result.IsAgreement ? result.Agreement : TurnView.NoOffer;
        return AnomalyWords.Of(
            AnomalyRules.Of(result, log.Trace, bench.OptimalityOf(place.Rotation), bench.SidesOf(place.Rotation))
            | MoneyLabels.Of(bench, place.Rotation, agreement, log));
    }

    private static string FailureOf(in RunPlace place, in AlternatingOffersResult result) =>
        $"{place.StrategyOf(result.By).Name} (party {result.By + 1}): {result.Failure}".ReplaceLineEndings(" ");

    /// <summary>How rows call an end.</summary>
    public static string WordFor(AlternatingOffersEnd end) => end switch
    {
        AlternatingOffersEnd.Agreement => "agreement",
        AlternatingOffersEnd.OutOfRounds => "out-of-rounds",
        AlternatingOffersEnd.EndedByParty => "ended-by-party",
        AlternatingOffersEnd.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, "There is no such end."),
    };
}
