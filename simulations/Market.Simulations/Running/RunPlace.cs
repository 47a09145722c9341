using Market.Domain;

namespace Market.Simulations.Running;

/// <summary>One negotiation of a run: where it stands in the plan, which says everything about it.</summary>
/// <param name="Number">Place in the run from 0.</param>
/// <param name="Stage">Its scenario and strategies.</param>
/// <param name="Rotation">Seat i has profile (i + rotation) mod n.</param>
/// <param name="Lineup">The strategy of each seat, by its number in the stage.</param>
/// <param name="Repetition">From 0.</param>
internal readonly record struct RunPlace(
    long Number, RunStage Stage, int Rotation, ValueArray<int> Lineup, int Repetition)
{
    /// <summary>The profile of a seat, by its number in the scenario.</summary>
    public int ProfileOf(int seat) => (seat + Rotation) % Lineup.Count;

    /// <summary>The strategy of a seat.</summary>
    public RunStrategy StrategyOf(int seat) => Stage.Strategies[Lineup[seat]];
}
