using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Tests.Journaling;

/// <summary>A cluster that only notes who was told that a deadline has come.</summary>
internal sealed class RecordingCluster : IGrainCluster
{
    private readonly List<GrainId> _told = [];

    public ValueTask<object> AskAsync(
        GrainId grain, object message, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The sweeper asks nobody.");

    public void Tell(GrainId grain, object message)
    {
        Assert.IsType<DeadlineReached>(message);
        lock (_told)
        {
            _told.Add(grain);
        }
    }

    public IAsyncEnumerable<JournalRow> SubscribeAsync(
        AgentNumber agent, long afterPosition, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The sweeper subscribes to nothing.");

    /// <summary>Who was told since the last call.</summary>
    public List<GrainId> TakeTold()
    {
        lock (_told)
        {
            var told = _told.ToList();
            _told.Clear();
            return told;
        }
    }
}
