namespace Market.Simulations.Running;

/// <summary>
/// All negotiations of a run, numbered from 0: stage by stage, so that one scenario is in memory at a time.
/// </summary>
internal sealed class RunPlan
{
    private readonly long[] _starts;

    /// <summary>Lays out a run.</summary>
    /// <exception cref="RunRefusedException">There is no negotiation in it.</exception>
    public RunPlan(TournamentSettings settings, IReadOnlyList<RunStage> stages)
    {
        Settings = settings;
        Stages = stages;
        _starts = [.. stages.Select(stage => stage.Start)];
        if (Count == 0)
        {
            throw new RunRefusedException(
                "There is no negotiation to run: with one strategy, self-play has to be on.");
        }
    }

    /// <summary>What was asked for.</summary>
    public TournamentSettings Settings { get; }

    /// <summary>The stages in order.</summary>
    public IReadOnlyList<RunStage> Stages { get; }

    /// <summary>Number of negotiations.</summary>
    public long Count => Stages.Sum(stage => stage.Count);

    /// <summary>Parties of the largest negotiation.</summary>
    public int PartiesMax => Stages.Max(stage => stage.Scenario.Profiles.Count);

    /// <summary>Repetitions that are left out, since strategies without chance would do the same again.</summary>
    public long RepetitionsLeftOut => Stages.Sum(stage => stage.RepetitionsLeftOut);

    /// <summary>The place in <see cref="Stages"/> of a negotiation's stage.</summary>
    public int StageOf(long number)
    {
        var found = Array.BinarySearch(_starts, number);
        if (found < 0)
        {
            return ~found - 1;
        }

        // A stage without negotiations starts where the next one does.
        while (Stages[found].Count == 0)
        {
            found++;
        }

        return found;
    }

    /// <summary>The negotiation with a number.</summary>
    public RunPlace this[long number] => Stages[StageOf(number)].PlaceOf(number);
}
