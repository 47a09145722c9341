using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;

namespace Market.Client.Connecting;

/// <summary>What became of an event that has arrived.</summary>
internal enum EventStep
{
    /// <summary>It was taken, or was known already.</summary>
    Taken,

    /// <summary>An event before it is missing: ask again from <see cref="IEventSink.ResumeAfter"/>.</summary>
    Gap,

    /// <summary>Too many events wait to be read: ask again when <see cref="IEventSink.HasRoom"/>.</summary>
    Full,
}

/// <summary>Takes the agent's events from the link.</summary>
internal interface IEventSink
{
    /// <summary>The cursor of the last event taken; empty before the first.</summary>
    ReadOnlyMemory<byte> ResumeAfter { get; }

    /// <summary>Whether events can be taken.</summary>
    bool HasRoom { get; }

    /// <summary>Tells whose events follow, before the first of them.</summary>
    void Begin(MarketId market, Agent agent);

    /// <summary>Takes an event, unless it cannot.</summary>
    EventStep Take(EventNotice notice);

    /// <summary>Takes an event that is no negotiation's, unless it cannot.</summary>
    EventStep Take(AgentNotice notice);

    /// <summary>No event will come any more.</summary>
    void End(Exception reason);
}
