using Market.Simulations.Reporting.Drawing;
using Market.Simulations.Statistics.Games;

namespace Market.Simulations.Reporting;

/// <summary>The game between strategies: equilibria, dynamics, regret.</summary>
internal static class MetaGameSection
{
    private const int RowsMax = 12;

    /// <summary>Adds it.</summary>
    public static void Write(Page page, ReportSource source)
    {
        page.Section("game", "The game between strategies");
        if (source.Ranking is not { } ranking)
        {
            page.Paragraph($"There is none: {source.WhyNoRanking}");
            return;
        }

        page.Paragraph(
            "A mean over opponents depends on who took part. The game does not: its players choose strategies, and " +
            "get what these got against each other on average. At a symmetric Nash equilibrium nobody gains by " +
            "another choice; regret is what a strategy gets less against it. Replicator dynamics let strategies " +
            $"spread by what they get, from {ReplicatorDynamics.StartsUsual} random beginnings.");
        page.Table(
            "Strategies by regret",
            ["strategy", "#regret", "#share at equilibrium", "#share by replicator dynamics",
                "#in an equilibrium of resampled scenarios"],
            ranking.Moves.Select(static move => (IReadOnlyList<string>)
            [
                move.Strategy,
                Markup.Number(move.Regret),
                Markup.Percent(move.Share),
                Markup.Percent(move.ReplicatorShare),
                Markup.Percent(move.Support, 0),
            ]));
        page.Table(
            Caption("Symmetric equilibria", ranking.Equilibria.Count),
            ["mixture", "#value", "ranks"],
            ranking.Equilibria.Take(RowsMax).Select(equilibrium => (IReadOnlyList<string>)
            [
                Mixture(ranking.Game, equilibrium.Shares),
                Markup.Number(equilibrium.Value),
                ReferenceEquals(equilibrium, ranking.Chosen) ? "yes" : "",
            ]));
        page.Table(
            Caption("Where replicator dynamics come to", ranking.Attractors.Count),
            ["mixture", "#share of beginnings", "rests"],
            ranking.Attractors.Take(RowsMax).Select(attractor => (IReadOnlyList<string>)
            [
                Mixture(ranking.Game, attractor.Shares),
                Markup.Percent(attractor.Basin, 0),
                attractor.IsSettled ? "yes" : "no: mean over time",
            ]));
    }

    private static string Caption(string caption, int count) =>
        count > RowsMax ? $"{caption}; the first {RowsMax} of {count}" : caption;

    private static string Mixture(MetaGame game, IReadOnlyList<double> shares) => string.Join(", ", Enumerable
        .Range(0, game.Count).Where(move => shares[move] > 5e-4).OrderByDescending(move => shares[move])
        .Select(move => $"{game.Strategies[move]} {Markup.Percent(shares[move])}"));
}
