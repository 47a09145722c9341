using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Testing.Faults;

/// <summary>An append on its way through a <see cref="FaultJournal"/>: it stands for the original.</summary>
internal sealed class FaultAppend(FaultJournal journal, PendingAppend original, StorageFault fault)
    : PendingAppend(original.Grain, IsUnheard(fault) ? original.Row with { } : original.Row)
{
    private AppendOutcome _outcome;
    private Exception? _error;

    public StorageFault Fault => fault;

    /// <summary>Whether its outcome is known and only waits for those of earlier appends.</summary>
    public bool IsKnown => _outcome != 0;

    public override void OnCompleted(AppendOutcome outcome, Exception? error)
    {
        if (fault is StorageFault.UnknownAfter && outcome == AppendOutcome.Appended)
        {
            (outcome, error) = (AppendOutcome.Unknown, FaultJournal.Error("the row was written and its answer lost"));
        }

        journal.Outcomes.Know(this, outcome, error);
    }

    public void SetOutcome(AppendOutcome outcome, Exception? error) => (_outcome, _error) = (outcome, error);

    /// <summary>Tells the original; after the stop of its process nobody hears of anything but silence.</summary>
    public void Tell()
    {
        if (journal.IsStopped)
        {
            original.OnCompleted(AppendOutcome.Unknown, FaultJournal.Error("the process has ended"));
            return;
        }

        original.OnCompleted(_outcome, _error);
    }

    // Whoever does not hear of its row must not see its position either, so the storage gets a copy.
    private static bool IsUnheard(StorageFault fault) => fault is StorageFault.UnknownAfter or StorageFault.StopAfter;
}

/// <summary>The row of a writer that was faster; nobody waits for it.</summary>
internal sealed class RivalAppend(GrainId grain, JournalRow row) : PendingAppend(grain, row)
{
    public override void OnCompleted(AppendOutcome outcome, Exception? error)
    {
        // Where the rival loses too, the append that it was to beat has lost against somebody else already.
    }
}
