using Market.Domain;

namespace Market.Grains.Hosting;

/// <summary>
/// What an engine of many silos does: it decides on which silo a grain is, and carries bytes there. It owes no safety:
/// two places for one grain, or a silo that was declared dead and is not, the journal makes harmless.
/// </summary>
public interface ISiloTransport : IAsyncDisposable
{
    /// <summary>Joins the cluster. Grains come at once, so all that they need is there by then.</summary>
    /// <param name="silo">This silo: it answers for the grains that are placed here.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task StartAsync(SiloCluster silo, CancellationToken cancellationToken);

    /// <summary>
    /// Has a grain's silo answer, by <see cref="SiloCluster.AnswerAsync"/>; where it has none, places it.
    /// </summary>
    /// <exception cref="SiloUnreachableException">No answer came; nobody knows what was done.</exception>
    Task<byte[]> AskAsync(GrainId grain, byte[] message, CancellationToken cancellationToken);

    /// <summary>
    /// Has a grain's silo take a tell, by <see cref="SiloCluster.Take"/>; the task ends when that silo has queued it,
    /// so that tells on their way can be bounded.
    /// </summary>
    /// <exception cref="SiloUnreachableException">It is unknown whether it was taken.</exception>
    Task TellAsync(GrainId grain, byte[] message);

    /// <summary>
    /// Has every other silo that counts as alive hear something, by <see cref="SiloCluster.HearAsync"/>; ends when all
    /// have.
    /// </summary>
    /// <returns>The names of those, under which each has its permit to append.</returns>
    /// <exception cref="SiloUnreachableException">One did not answer; others may have heard it.</exception>
    Task<IReadOnlyCollection<string>> TellSilosAsync(byte[] message);

    /// <summary>Has the cluster add up an agent's live sessions; approximate, and no truth.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="here">How many it has on this silo; said again now and then, or this silo's are forgotten.</param>
    /// <returns>How many it has on all silos.</returns>
    /// <exception cref="SiloUnreachableException">Nobody knows now.</exception>
    Task<int> CountSessionsAsync(AgentNumber agent, int here);
}

/// <summary>Another silo did not answer: it ended, is stopped, or cannot be reached.</summary>
/// <param name="inner">The engine's own error.</param>
public sealed class SiloUnreachableException(Exception inner)
    : Exception($"Another silo did not answer: {inner.Message}", inner);
