using System.Net;
using System.Net.WebSockets;
using Market.Silo.Tests.Support;
using Market.Testing.Hosting;

namespace Market.Silo.Tests.Limiting;

/// <summary>A served market with limits of a test's choice and a clock that it moves.</summary>
internal sealed class LimitedMarket : IAsyncDisposable
{
    private LimitedMarket(TestMarket market, ManualClock time) => (Market, Time) = (market, time);

    public TestMarket Market { get; }

    public ManualClock Time { get; }

    public static async Task<LimitedMarket> StartAsync(OperatorLimits limits)
    {
        var time = new ManualClock();
        return new LimitedMarket(
            await TestMarket.StartAsync(configure: options => options with { Limits = limits, TimeProvider = time }),
            time);
    }

    /// <summary>
    /// The HTTP status with which a connection is refused, and after how many seconds it may come again.
    /// </summary>
    public async Task<(HttpStatusCode Status, string RetryAfter)> RefusedAsync()
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("market.v1.msgpack");
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Market.Uri, CancellationToken.None));
        return (socket.HttpStatusCode, socket.HttpResponseHeaders!["Retry-After"].Single());
    }

    /// <summary>Moves the clock on by seconds, until something is so.</summary>
    public async Task AdvanceUntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TestAgent.Patience * 3);
        while (!isSo())
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(10), patience.Token);
        }
    }

    /// <summary>
    /// Completes when no request is in flight: an answer is on its way a moment before its request has ceased to be.
    /// </summary>
    public async Task WhenAnsweredAsync()
    {
        using var patience = new CancellationTokenSource(TestAgent.Patience);
        while (Market.Host.RequestsInFlight > 0)
        {
            await Task.Yield();
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    public ValueTask DisposeAsync() => Market.DisposeAsync();
}
