using Market.Grains.Hosting;

namespace Market.Grains.Journaling;

/// <summary>
/// A row of another process as the observers here get it. Whoever queued it hears of its outcome there, so there is
/// nobody to tell.
/// </summary>
internal sealed class ForeignAppend(GrainId grain, JournalRow row) : PendingAppend(grain, row)
{
    /// <inheritdoc/>
    public override void OnCompleted(AppendOutcome outcome, Exception? error) =>
        throw new InvalidOperationException("Another process's row is completed there.");
}
