using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Market.Client.Telemetry;
using Market.Client.Tests.Support;
using Market.Domain.Listings;
using Market.Domain.Wire.Messages;

namespace Market.Client.Tests.Telemetry;

/// <summary>Instruments are shared by the process, so these tests run while no others do.</summary>
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
[Collection(nameof(TelemetryTests))]
public sealed class TelemetryTests : IDisposable
{
    private static readonly HashSet<string> Tags =
    [
        MarketClientTelemetry.MessageTag, MarketClientTelemetry.OutcomeTag, MarketClientTelemetry.RefusalTag,
        MarketClientTelemetry.ReasonTag,
    ];

    private readonly ScriptedMarket _market = new();
    private readonly ConcurrentQueue<Measurement> _measured = new();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities;

    public TelemetryTests()
    {
        _meters.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == MarketClientTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _meters.Start();
        _activities = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == MarketClientTelemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_activities);
    }

    public void Dispose()
    {
        _meters.Dispose();
        _activities.Dispose();
    }

    [Fact]
    public async Task Requests_are_counted_and_timed_by_message_and_outcome()
    {
        var (client, connection) = await _market.ConnectAsync();
        await using var _ = client;
        var answered = client.GetBalancesAsync();
        connection.Answer(await connection.NextAsync<GetBalances>(), new Balances(1, []));
        await answered.Soon();
        var refused = client.TryPublishRequestAsync(new RequestDraft("x", "", 1));
        connection.Answer(
            await connection.NextAsync<PublishRequest>(), Refusals.Of(ListingRefusal.QuantityOutOfRange));
        Assert.Equal(RefusalCode.QuantityOutOfRange, (await refused.Soon()).Code);
        using var cancelling = new CancellationTokenSource();
        var cancelled = client.GetBalancesAsync(cancelling.Token);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.Soon());

        Assert.Equal(1, Sum(MarketClientTelemetry.Requests, "GetBalances", "answered"));
        Assert.Equal(1, Sum(MarketClientTelemetry.Requests, "GetBalances", "cancelled"));
        Assert.Equal(1, Sum(MarketClientTelemetry.Requests, "PublishRequest", "refused", "QuantityOutOfRange"));
        Assert.Equal(3, _measured.Count(m => m.Name == MarketClientTelemetry.RequestDuration && m.Value >= 0));
        Assert.Equal(1, Sum(MarketClientTelemetry.Connects, "connected"));
        var names = _spans.Select(span => span.DisplayName).Order(StringComparer.Ordinal);
        Assert.Equal(["GetBalances", "GetBalances", "PublishRequest", "connect"], names);
    }

    [Fact]
    public async Task Lost_connections_and_what_is_sent_again_are_counted()
    {
        var (client, first) = await _market.ConnectAsync();
        await using var _ = client;
        var asking = client.GetBalancesAsync();
        await first.NextAsync<GetBalances>();
        first.Break();
        var second = await _market.WelcomeAsync(Some.Buyer);
        await second.SubscribeAsync();
        var again = await second.NextAsync<GetBalances>();
        second.Answer(again, Refusals.Of(GatewayRefusal.Overloaded, retryAfter: TimeSpan.FromMilliseconds(1)));
        second.Answer(await second.NextAsync<GetBalances>(), new Balances(1, []));
        await asking.Soon();

        Assert.Equal(1, Sum(MarketClientTelemetry.Reconnects));
        Assert.Equal(1, Sum(MarketClientTelemetry.Resent, "reconnected"));
        Assert.Equal(1, Sum(MarketClientTelemetry.Resent, "retry-after"));
        Assert.Equal(1, Sum(MarketClientTelemetry.Requests, "GetBalances", "answered"));
    }

    [Fact]
    public async Task Events_that_were_not_read_are_seen()
    {
        var others = Behind();
        var options = Some.Options();
        options.DeliverEvents = true;
        var (client, connection) = await _market.ConnectAsync(options: options);
        var played = PlayedNegotiation.Opened(5_000).Offer(Domain.Negotiating.Party.Seller, 9_000);
        connection.Send(played.Notice(1));
        connection.Send(played.Notice(2));
        await client.EventsAsync().FirstAsync().AsTask().Soon();
        Assert.Equal(others + 1, Behind());
        await client.EventsAsync().FirstAsync().AsTask().Soon();
        Assert.Equal(others, Behind());
        await client.DisposeAsync();
        Assert.Equal(others, Behind());
    }

    [Fact]
    public async Task Nothing_private_is_in_any_tag()
    {
        var (client, connection) = await _market.ConnectAsync();
        await using var _ = client;
        var asked = client.TryPublishRequestAsync(new RequestDraft("secret wish", "for 12345 cents", 777));
        var frame = await connection.NextAsync<PublishRequest>();
        connection.Answer(frame, Refusals.Of(ListingRefusal.QuantityOutOfRange, "secret wish is too much"));
        await asked.Soon();

        var tags = _measured.SelectMany(m => m.Tags).Concat(_spans.SelectMany(span => span.TagObjects)).ToList();
        Assert.NotEmpty(tags);
        Assert.All(tags, tag => Assert.Contains(tag.Key, Tags));
        var texts = tags.Select(tag => tag.Value?.ToString() ?? "").Distinct().ToHashSet();
        Assert.Subset(
            new HashSet<string> { "connected", "refused", "PublishRequest", "QuantityOutOfRange" }, texts);
        Assert.All(_spans, span => Assert.Empty(span.Events));
    }

    private int Behind()
    {
        _measured.Clear();
        _meters.RecordObservableInstruments();
        return (int)Sum(MarketClientTelemetry.EventsBehind);
    }

    private double Sum(string name, params string[] tags) => _measured
        .Where(m => m.Name == name && tags.All(tag => m.Tags.Any(t => (string?)t.Value == tag)))
        .Sum(m => m.Value);

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue(new Measurement(instrument.Name, value, tags.ToArray()));

    private sealed record Measurement(string Name, double Value, KeyValuePair<string, object?>[] Tags);
}
