using Market.Simulations.Results;
using Market.Simulations.Statistics;
using Market.Simulations.Statistics.Games;

namespace Market.Simulations.Tests.Statistics;

public sealed class TournamentStatisticsTests
{
    private static readonly StatisticsOptions Options = new(Measures.Utility, Resamples: 200);

    [Fact]
    public void Scenarios_count_alike_however_many_negotiations_they_have()
    {
        var statistics = Of(
            SomeRows.Row(0, "large", ("a", 1), ("b", 0)),
            SomeRows.Row(1, "large", ("a", 1), ("b", 0), repetition: 1),
            SomeRows.Row(2, "large", ("a", 1), ("b", 0), repetition: 2),
            SomeRows.Row(3, "small", ("a", 0), ("b", 1)));

        Assert.Equal(0.5, statistics.Strategies[0][Measures.Utility].Value);
        Assert.Equal(2, statistics.Strategies[0][Measures.Utility].Scenarios);
    }

    [Fact]
    public void Negotiations_with_itself_stand_apart()
    {
        var statistics = Of(
            SomeRows.Row(0, "s", ("a", 0.2), ("b", 0.7)), SomeRows.Row(1, "s", ("a", 0.9), ("a", 0.5)));
        var a = statistics.Strategies.Single(static strategy => strategy.Name == "a");

        Assert.Equal(0.2, a[Measures.Utility].Value);
        Assert.Equal(0.7, a.SelfFigures["utility"].Value!.Value, 12);
        Assert.Equal(0.7, statistics.Pair("a", "a")!.Score.Value!.Value, 12);
        Assert.Equal(["b", "a"], statistics.Strategies.Select(static strategy => strategy.Name));
    }

    [Fact]
    public void Utility_of_agreements_and_rounds_leave_disagreements_out()
    {
        var statistics = Of(
            SomeRows.Row(0, "s", ("a", 0.8), ("b", 0.6), rounds: 4),
            SomeRows.Row(1, "s", ("a", 0.2), ("b", 0.1), "out-of-rounds", 100));
        var a = statistics.Strategies[0];

        Assert.Equal(0.5, a[Measures.Utility].Value);
        Assert.Equal(0.8, a[Measures.UtilityOfAgreements].Value);
        Assert.Equal(4, a[Measures.Rounds].Value);
        Assert.Equal(0.5, a[Measures.AgreementRate].Value);
    }

    [Fact]
    public void A_utility_without_end_is_counted_and_left_out()
    {
        var statistics = Of(
            SomeRows.Row(0, "s", ("a", double.NegativeInfinity), ("b", 0.1), "out-of-rounds"),
            SomeRows.Row(1, "s", ("a", 0.4), ("b", 0.1)));

        Assert.Equal(1, statistics.Evidence.WithoutScore);
        Assert.Equal(0.4, statistics.Strategies[0][Measures.Utility].Value);
    }

    [Fact]
    public void The_evidence_says_which_pairs_ran_once()
    {
        var evidence = Of(
            SomeRows.Row(0, "s", ("a", 0.5), ("b", 0.5)),
            SomeRows.Row(1, "s", ("a", 0.5), ("a", 0.5)),
            SomeRows.Row(2, "s", ("b", 0.5), ("b", 0.5)),
            SomeRows.Row(3, "s", ("b", 0.5), ("b", 0.5), "failed", repetition: 1, failure: "b: threw")).Evidence;

        Assert.Equal(new Evidence(4, 1, 2, 3, 1, 2, 1, 0), evidence);
    }

    [Fact]
    public void Comparisons_match_scenarios_and_are_corrected_for_their_number()
    {
        // In each scenario a gets 0.1 more than b, b 0.1 more than c: 2/2⁶ for each of three pairs.
        var rows = SomeRows.Tournament(6, ["a", "b", "c"], static (s, i, _) => (0.1 * s) + (0.1 * (2 - i)));
        var comparisons = TournamentStatistics.Of(rows, Options).Comparisons;

        Assert.Equal([("a", "b"), ("a", "c"), ("b", "c")], comparisons.Select(static c => (c.First, c.Second)));
        Assert.All(comparisons, static c =>
        {
            Assert.Equal(2.0 / 64, c.Wilcoxon.P, 12);
            Assert.Equal(6.0 / 64, c.AdjustedP, 12);
            Assert.Equal(1, c.Wilcoxon.RankBiserial);
        });
        Assert.Equal(0.2, comparisons[1].Difference.Value!.Value, 12);
    }

    [Fact]
    public void The_meta_game_has_what_each_gets_against_each()
    {
        var rows = SomeRows.Tournament(3, ["hawk", "dove"], static (_, i, j) => SomeHawkDove[i, j]);

        var ranking = MetaGameRanking.Of(TournamentStatistics.Of(rows, Options), out var flaw)!;

        Assert.Null(flaw);
        var hawk = ranking.Moves.Single(static move => move.Strategy == "hawk");
        Assert.Equal(1.0 / 3, hawk.Share, 9);
        Assert.Equal(1, hawk.Support);
    }

    [Fact]
    public void Without_self_play_there_is_no_meta_game_and_it_says_why()
    {
        var statistics = Of(SomeRows.Row(0, "s", ("a", 0.2), ("b", 0.7)));

        Assert.Null(MetaGameRanking.Of(statistics, out var flaw));
        Assert.Equal("b did not meet itself; a tournament with self-play has all meetings of the game.", flaw);
    }

    private static double[,] SomeHawkDove => new double[,] { { -2, 2 }, { 0, 1 } };

    private static TournamentStatistics Of(params NegotiationRow[] rows) => TournamentStatistics.Of(rows, Options);
}
