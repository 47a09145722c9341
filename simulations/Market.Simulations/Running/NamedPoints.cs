using Market.Domain.Strategies;

namespace Market.Simulations.Running;

/// <summary>The bargaining solutions of a scenario under the names that people know.</summary>
internal static class NamedPoints
{
    /// <summary>Each point with its solution's name; a solution can have several points, or none.</summary>
    public static IEnumerable<(string Name, int Outcome)> Of(Optimality optimality)
    {
        (string Name, SolutionPoints Points)[] solutions =
        [
            ("Nash", optimality.Nash),
            ("Kalai", optimality.Kalai),
            ("modified Kalai", optimality.ModifiedKalai),
            ("Kalai-Smorodinsky", optimality.KalaiSmorodinsky),
            ("modified Kalai-Smorodinsky", optimality.ModifiedKalaiSmorodinsky),
            ("max welfare", optimality.MaxWelfarePoints),
        ];
        foreach (var (name, points) in solutions)
        {
            foreach (var outcome in points.Outcomes.ToArray())
            {
                yield return (name, outcome);
            }
        }
    }
}
