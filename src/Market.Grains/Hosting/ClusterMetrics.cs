using System.Diagnostics.Metrics;

namespace Market.Grains.Hosting;

/// <summary>Counts of a cluster, as instruments of the meter "Market.Grains"; a turn adds to them once.</summary>
public sealed class ClusterMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Market.Grains";

    private readonly Meter _meter = new(MeterName);
    private long _messages;
    private long _turns;
    private long _overloads;
    private long _tellsDropped;
    private long _poisoned;

    internal ClusterMetrics(Func<int> activations)
    {
        _meter.CreateObservableGauge("market.grains.activations", activations, description: "Grains in memory.");
        _meter.CreateObservableCounter("market.grains.messages", () => Messages, description: "Messages taken.");
        _meter.CreateObservableCounter("market.grains.turns", () => Turns, description: "Turns of mailboxes.");
        _meter.CreateObservableCounter("market.grains.overloads", () => Overloads, description: "Asks refused as full.");
        _meter.CreateObservableCounter(
            "market.grains.tells_dropped", () => TellsDropped, description: "Tells dropped; their sender repeats them.");
        _meter.CreateObservableCounter("market.grains.poisoned", () => Poisoned, description: "Activations that lost an append.");
    }

    /// <summary>Messages that grains have taken.</summary>
    public long Messages => Volatile.Read(ref _messages);

    /// <summary>Turns of mailboxes: how often one was polled.</summary>
    public long Turns => Volatile.Read(ref _turns);

    /// <summary>Asks that were refused because something was full.</summary>
    public long Overloads => Volatile.Read(ref _overloads);

    /// <summary>Tells that were dropped because something was full.</summary>
    public long TellsDropped => Volatile.Read(ref _tellsDropped);

    /// <summary>Activations that lost an append, or do not know.</summary>
    public long Poisoned => Volatile.Read(ref _poisoned);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void AddTurn(int messages)
    {
        Interlocked.Increment(ref _turns);
        if (messages > 0)
        {
            Interlocked.Add(ref _messages, messages);
        }
    }

    internal void AddOverload() => Interlocked.Increment(ref _overloads);

    internal void AddTellDropped() => Interlocked.Increment(ref _tellsDropped);

    internal void AddPoisoned() => Interlocked.Increment(ref _poisoned);
}
