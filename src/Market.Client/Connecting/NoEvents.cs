using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;

namespace Market.Client.Connecting;

/// <summary>The sink of a link that never subscribes: a principal's.</summary>
internal sealed class NoEvents : IEventSink
{
    /// <summary>The only instance that is needed.</summary>
    public static NoEvents Instance { get; } = new();

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> ResumeAfter => default;

    /// <inheritdoc/>
    public bool HasRoom => true;

    /// <inheritdoc/>
    public void Begin(MarketId market, Agent agent)
    {
    }

    /// <inheritdoc/>
    public EventStep Take(EventNotice notice) => EventStep.Taken;

    /// <inheritdoc/>
    public EventStep Take(AgentNotice notice) => EventStep.Taken;

    /// <inheritdoc/>
    public void End(Exception reason)
    {
    }
}
