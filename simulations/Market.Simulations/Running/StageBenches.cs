namespace Market.Simulations.Running;

/// <summary>
/// The benches of a run's stages: each is made when its first negotiation comes, by one worker while the others wait
/// for it, and let go when its last one is written. So memory holds a scenario or two, however many there are.
/// </summary>
/// <param name="plan">The run.</param>
internal sealed class StageBenches(RunPlan plan)
{
    private readonly Lazy<StageBench>?[] _benches =
        [.. plan.Stages.Select(
            stage => new Lazy<StageBench>(() => StageBench.For(stage.Scenario, plan.PartiesMax)))];

    private int _released;

    /// <summary>The bench of a stage.</summary>
    /// <exception cref="RunRefusedException">The scenario cannot be ranked.</exception>
    public StageBench this[int stage] => _benches[stage]!.Value;

    /// <summary>Lets go of the benches of all stages that end before a number.</summary>
    public void Release(long number)
    {
        for (; _released < _benches.Length && plan.Stages[_released].End <= number; _released++)
        {
            _benches[_released] = null;
        }
    }
}
