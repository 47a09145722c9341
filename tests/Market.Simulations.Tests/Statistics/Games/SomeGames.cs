using Market.Simulations.Statistics.Games;

namespace Market.Simulations.Tests.Statistics.Games;

/// <summary>Games whose equilibria are known in closed form.</summary>
internal static class SomeGames
{
    public static MetaGame RockPaperScissors { get; } = new(
        ["rock", "paper", "scissors"], new double[,] { { 0, -1, 1 }, { 1, 0, -1 }, { -1, 1, 0 } });

    public static MetaGame PrisonersDilemma { get; } =
        new(["cooperate", "defect"], new double[,] { { 3, 0 }, { 5, 1 } });

    public static MetaGame HawkDove { get; } = new(["hawk", "dove"], new double[,] { { -2, 2 }, { 0, 1 } });

    public static MetaGame Coordination { get; } = new(["left", "right"], new double[,] { { 2, 0 }, { 0, 1 } });
}
