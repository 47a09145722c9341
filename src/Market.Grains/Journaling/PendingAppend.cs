using Market.Grains.Hosting;

namespace Market.Grains.Journaling;

/// <summary>What became of an append.</summary>
public enum AppendOutcome : byte
{
    /// <summary>It is durable.</summary>
    Appended = 1,

    /// <summary>
    /// Its predecessor is not the stream's head: another writer was faster, or an earlier append of this one was
    /// lost.
    /// </summary>
    Conflict = 2,

    /// <summary>The storage refused it and it is certainly not there.</summary>
    Failed = 3,

    /// <summary>The storage failed in a way that leaves open whether it is there.</summary>
    Unknown = 4,
}

/// <summary>A row on its way to the journal, with what is to happen when its outcome is known.</summary>
/// <param name="grain">The stream's identity; stored with its first row.</param>
/// <param name="row">The row; its position is given by the commit.</param>
public abstract class PendingAppend(GrainId grain, JournalRow row)
{
    /// <summary>The stream's identity.</summary>
    public GrainId Grain { get; } = grain;

    /// <summary>The row; with its position once it is durable.</summary>
    public JournalRow Row { get; } = row;

    /// <summary>Gives the row its place; for a journal that stores it, before it tells anybody.</summary>
    public void TakePosition(long position) => Row.TakePosition(position);

    /// <summary>
    /// Called exactly once, never on the caller's stack of <see cref="IJournal.Append"/>'s lock, in commit order for
    /// appends of one stream. Must not throw and must not block.
    /// </summary>
    /// <param name="outcome">What became of it.</param>
    /// <param name="error">The storage's error where the outcome is failed or unknown.</param>
    public abstract void OnCompleted(AppendOutcome outcome, Exception? error);
}
