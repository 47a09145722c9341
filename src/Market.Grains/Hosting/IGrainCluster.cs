using Market.Domain;
using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>
/// The whole port to whatever hosts the grains. The gateway asks; grains tell; nothing else crosses it.
/// </summary>
public interface IGrainCluster
{
    /// <summary>Asks a grain's single activation. The answer leaves only when all it rests on is durable.</summary>
    /// <exception cref="GrainOverloadedException">
    /// The grain's mailbox or the journal is full; nothing was done.
    /// </exception>
    /// <exception cref="OutcomeUnknownException">
    /// The append failed or its outcome is unknown: ask again with the same message id.
    /// </exception>
    ValueTask<object> AskAsync(GrainId grain, object message, CancellationToken cancellationToken = default);

    /// <summary>
    /// Tells a grain one way. It may be lost: whoever tells does so again until it has seen the effect.
    /// </summary>
    void Tell(GrainId grain, object message);

    /// <summary>An agent's events after a position, in order, without a gap, as long as it is enumerated.</summary>
    IAsyncEnumerable<JournalRow> SubscribeAsync(
        AgentNumber agent, long afterPosition, CancellationToken cancellationToken);
}

/// <summary>The grain, or the journal behind it, has no room now; nothing was done and nothing is pending.</summary>
/// <param name="retryAfter">When room is likely.</param>
public sealed class GrainOverloadedException(TimeSpan retryAfter)
    : Exception($"Overloaded; try again in {retryAfter.TotalMilliseconds:F0} ms.")
{
    /// <summary>When room is likely.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>
/// The effect of a message may or may not have become durable. The same message, sent again with the same id, finds
/// out.
/// </summary>
/// <param name="reason">What happened to the append, in a sentence.</param>
/// <param name="inner">The storage's own error, if it gave one.</param>
public sealed class OutcomeUnknownException(string reason, Exception? inner = null) : Exception(reason, inner);
