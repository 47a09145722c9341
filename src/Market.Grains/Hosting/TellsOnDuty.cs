using Market.Domain;
using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>
/// The cluster as a sweeper sees it: what it tells leaves only where this silo has the duty. A sweeper tells again
/// until it sees the effect, so whoever takes the duty over goes on where the other stopped, one retry later.
/// </summary>
/// <param name="cluster">The grains.</param>
/// <param name="duty">Says whether this silo tells; asked each time.</param>
public sealed class TellsOnDuty(IGrainCluster cluster, Func<ISoleDuty> duty) : IGrainCluster
{
    /// <inheritdoc/>
    public ValueTask<object> AskAsync(GrainId grain, object message, CancellationToken cancellationToken = default) =>
        cluster.AskAsync(grain, message, cancellationToken);

    /// <inheritdoc/>
    public void Tell(GrainId grain, object message)
    {
        if (duty().IsHeld)
        {
            cluster.Tell(grain, message);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalRow> SubscribeAsync(
        AgentNumber agent, long afterPosition, CancellationToken cancellationToken) =>
        cluster.SubscribeAsync(agent, afterPosition, cancellationToken);
}
