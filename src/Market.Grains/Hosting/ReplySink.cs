using Market.Domain;

namespace Market.Grains.Hosting;

/// <summary>
/// Where the outcome of one message goes. The activation holds it back, together with the reply and the tells, until all
/// that they rest on is durable; so it is also the node of the list in which it waits, and costs no allocation.
/// </summary>
public abstract class ReplySink
{
    /// <summary>The next node of the one list that this sink is in: a mailbox's, or an append's.</summary>
    internal ReplySink? Next { get; set; }

    /// <summary>The reply that is held back; an exception stands for a failure.</summary>
    internal object? HeldReply { get; set; }

    /// <summary>The tells that are held back.</summary>
    internal ValueArray<Tell> HeldTells { get; set; }

    /// <summary>Takes the answer; null when the grain gave none. Called at most once; must not block.</summary>
    public abstract void Complete(object? reply);

    /// <summary>Takes the failure. Called at most once, and not after <see cref="Complete"/>; must not block.</summary>
    public abstract void Fail(Exception error);
}
