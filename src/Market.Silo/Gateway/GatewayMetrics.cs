using System.Diagnostics.Metrics;

namespace Market.Silo.Gateway;

/// <summary>
/// Counts of a gateway, as instruments of the meter "Market.Gateway". A refusal's name is the only tag: nothing tells
/// whose it was, or what about.
/// </summary>
internal sealed class GatewayMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Market.Gateway";

    private readonly Meter _meter = new(MeterName);
    private readonly UpDownCounter<int> _sessions;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _rateLimited;
    private readonly Counter<long> _droppedToPull;
    private long _dropped;

    /// <summary>Makes the instruments.</summary>
    public GatewayMetrics()
    {
        _sessions = _meter.CreateUpDownCounter<int>("market.gateway.sessions", null, "Open connections.");
        _refusals = _meter.CreateCounter<long>("market.gateway.refusals", null, "Refusals sent, by name.");
        _rateLimited = _meter.CreateCounter<long>("market.gateway.rate_limited", null, "Requests that came too fast.");
        _droppedToPull = _meter.CreateCounter<long>(
            "market.gateway.dropped_to_pull", null, "Readers so slow that their events stopped.");
    }

    /// <summary>A connection has begun (1) or ended (-1).</summary>
    public void CountSession(int change) => _sessions.Add(change);

    /// <summary>A refusal was sent.</summary>
    public void CountRefusal(string name)
    {
        _refusals.Add(1, new KeyValuePair<string, object?>("refusal", name));
        if (name == nameof(Domain.Wire.Messages.GatewayRefusal.RateLimited))
        {
            _rateLimited.Add(1);
        }
    }

    /// <summary>Readers so slow that their events stopped, so far.</summary>
    public long DroppedToPull => Volatile.Read(ref _dropped);

    /// <summary>Whether an instrument is one of these.</summary>
    public bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    /// <summary>A reader's events stopped.</summary>
    public void CountDroppedToPull()
    {
        Interlocked.Increment(ref _dropped);
        _droppedToPull.Add(1);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
