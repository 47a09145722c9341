using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Market.Silo.Gateway;

namespace Market.Silo.Tests.Limiting;

/// <summary>
/// The names of the refusals that a gateway sends, each there when the call that sends it returns: no test has to wait
/// for one to arrive, or guess that none will.
/// </summary>
internal sealed class SentRefusals : IDisposable
{
    private readonly ConcurrentQueue<string> _names = new();
    private readonly MeterListener _listener;

    public SentRefusals(GatewayMetrics metrics)
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (metrics.Owns(instrument) && instrument.Name == "market.gateway.refusals")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => _names.Enqueue((string)tags[0].Value!));
        _listener.Start();
    }

    public IEnumerable<string> Names => _names;

    public void Dispose() => _listener.Dispose();
}
