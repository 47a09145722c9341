using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Market.Client.Telemetry;

/// <summary>The instruments behind <see cref="MarketClientTelemetry"/>; shared by all clients of the process.</summary>
internal static class Instruments
{
    private static readonly Meter Meter = new(MarketClientTelemetry.Name);
    private static readonly ConcurrentDictionary<object, Func<int>> Behind = new();

    static Instruments() => Meter.CreateObservableUpDownCounter(
        MarketClientTelemetry.EventsBehind,
        static () => Behind.Values.Sum(static count => count()),
        "{event}",
        "Events that have come and were not read.");

    /// <summary>Where spans come from.</summary>
    public static ActivitySource Source { get; } = new(MarketClientTelemetry.Name);

    /// <summary>Attempts to connect.</summary>
    public static Counter<long> Connects { get; } =
        Meter.CreateCounter<long>(MarketClientTelemetry.Connects, "{connection}", "Attempts to connect.");

    /// <summary>Connections made after one was lost.</summary>
    public static Counter<long> Reconnects { get; } = Meter.CreateCounter<long>(
        MarketClientTelemetry.Reconnects, "{connection}", "Connections made after one was lost.");

    /// <summary>Requests that have ended.</summary>
    public static Counter<long> Requests { get; } =
        Meter.CreateCounter<long>(MarketClientTelemetry.Requests, "{request}", "Requests that have ended.");

    /// <summary>Seconds to the answer.</summary>
    public static Histogram<double> RequestDuration { get; } = Meter.CreateHistogram<double>(
        MarketClientTelemetry.RequestDuration, "s", "Time from the call to the answer.");

    /// <summary>Requests sent once more.</summary>
    public static Counter<long> Resent { get; } =
        Meter.CreateCounter<long>(MarketClientTelemetry.Resent, "{request}", "Requests sent once more.");

    /// <summary>Counts what a client has not read, until <see cref="Unwatch"/>.</summary>
    public static void Watch(object client, Func<int> behind) => Behind[client] = behind;

    /// <summary>The client has ended.</summary>
    public static void Unwatch(object client) => Behind.TryRemove(client, out _);

    /// <summary>Counts requests sent once more.</summary>
    public static void AddResent(long count, string reason)
    {
        if (count > 0)
        {
            Resent.Add(count, new KeyValuePair<string, object?>(MarketClientTelemetry.ReasonTag, reason));
        }
    }
}
