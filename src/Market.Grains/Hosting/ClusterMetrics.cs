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
    private long _activated;
    private long _lookupsFailed;

    internal ClusterMetrics(Func<int> activations)
    {
        _meter.CreateObservableGauge("market.grains.activations", activations, null, "Grains in memory.");
        Count("messages", () => Messages, "Messages taken.");
        Count("turns", () => Turns, "Turns of mailboxes.");
        Count("overloads", () => Overloads, "Asks refused as full.");
        Count("tells_dropped", () => TellsDropped, "Tells dropped; their sender repeats them.");
        Count("activated", () => Activated, "Grains brought into memory so far.");
        Count("lookups_failed", () => LookupsFailed, "Times that the journal could not say whether a grain exists.");
        Count("poisoned", () => Poisoned, "Activations that lost an append.");
        void Count(string name, Func<long> value, string description) =>
            _meter.CreateObservableCounter($"market.grains.{name}", value, null, description);
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

    /// <summary>Grains that were brought into memory so far.</summary>
    public long Activated => Volatile.Read(ref _activated);

    /// <summary>Times that the journal could not say whether a grain exists; the grain was loaded then.</summary>
    public long LookupsFailed => Volatile.Read(ref _lookupsFailed);

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

    internal void AddActivated() => Interlocked.Increment(ref _activated);

    internal void AddLookupFailed() => Interlocked.Increment(ref _lookupsFailed);

    internal void AddOverload() => Interlocked.Increment(ref _overloads);

    internal void AddTellDropped() => Interlocked.Increment(ref _tellsDropped);

    internal void AddPoisoned() => Interlocked.Increment(ref _poisoned);
}
