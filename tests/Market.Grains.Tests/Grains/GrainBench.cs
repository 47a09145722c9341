using Market.Domain;
using Market.Grains.Hosting;
using Market.Testing;

namespace Market.Grains.Tests.Grains;

/// <summary>
/// A plain grain without a cluster: receives a message at the bench's clock and has its event applied at once, as an
/// activation does. Remembers the deadline that the last event armed.
/// </summary>
internal sealed class GrainBench(IGrain grain)
{
    private readonly List<object> _events = [];

    public IGrain Grain { get; } = grain;

    public LedgerTime Clock { get; set; } = Some.Noon;

    public LedgerTime? DueAt { get; private set; }

    public IReadOnlyList<object> Events => _events;

    public GrainStep Receive(object message)
    {
        var step = Grain.Receive(message, LedgerTime.After(Grain.LastTime, Clock));
        if (step.Event is { } @event)
        {
            Grain.Apply(@event);
            _events.Add(@event);
            DueAt = step.DueAt;
        }

        return step;
    }

    /// <summary>Lets the clock reach the armed deadline and tells the grain of it, as the sweeper does.</summary>
    public GrainStep ReachDeadline()
    {
        Assert.NotNull(DueAt);
        Clock = DueAt.Value > Clock ? DueAt.Value : Clock;
        return Receive(new DeadlineReached());
    }
}
