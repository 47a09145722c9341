using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Market.Silo.Gateway;

namespace Market.Silo.Tests.Limiting;

public sealed class GatewayMetricsTests
{
    [Fact]
    public void Counts_are_instruments_of_one_meter_and_their_only_tag_is_a_refusals_name()
    {
        var seen = new ConcurrentQueue<string>();
        using var metrics = new GatewayMetrics();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (metrics.Owns(instrument))
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();

        metrics.CountSession(1);
        metrics.CountRefusal("NotYourTurn");
        metrics.CountRefusal("RateLimited");
        metrics.CountDroppedToPull();
        metrics.CountSession(-1);

        Assert.Equal(
            [
                "market.gateway.sessions 1", "market.gateway.refusals 1 refusal=NotYourTurn",
                "market.gateway.refusals 1 refusal=RateLimited", "market.gateway.rate_limited 1",
                "market.gateway.dropped_to_pull 1", "market.gateway.sessions -1",
            ],
            seen);
        Assert.Equal(1, metrics.DroppedToPull);

        void Note<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
            where T : struct
        {
            var text = $"{instrument.Name} {value}";
            foreach (var tag in tags)
            {
                text += $" {tag.Key}={tag.Value}";
            }

            seen.Enqueue(text);
        }
    }
}
