using Market.Client.Connecting;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Killing;

/// <summary>Sends acknowledged acts once more, byte for byte: each must get the answer that it got (INV-8).</summary>
internal static class AskedAgain
{
    private const int AtOnce = 32;

    /// <summary>Sends them over a fresh connection with the agent's key; returns how many there were.</summary>
    public static async Task<int> CheckAsync(TestAgent agent, Findings findings)
    {
        using var timeout = new CancellationTokenSource(Eventually.Patience);
        var dialer = new WebSocketDialer(agent.Uri, new Client.MarketClientOptions().FrameBytesMax);
        await using var transport = await dialer.DialAsync(timeout.Token);
        await Handshake.PerformAsync(transport, agent.Key, timeout.Token);
        var acknowledged = agent.Wire.Requests
            .Where(static r => r.Answer is ActRecorded or ListingPublished or RequestPublished).ToList();
        foreach (var some in acknowledged.Chunk(AtOnce))
        {
            foreach (var request in some)
            {
                await transport.SendAsync(request.Frame, more: false);
            }

            var asked = some.ToDictionary(static r => Frame.Decode(r.Frame).Correlation);
            while (asked.Count > 0)
            {
                var answer = Frame.Decode((await transport.ReceiveAsync(timeout.Token)).Span);
                var request = asked[answer.Correlation];
                if (WireLog.IsAskAgain(answer.Message!))
                {
                    // It settles nothing: a grain that moves between silos is not reached for a moment.
                    await Task.Delay(((Refused)answer.Message!).RetryAfter ?? TimeSpan.Zero, timeout.Token);
                    await transport.SendAsync(request.Frame, more: false);
                    continue;
                }

                asked.Remove(answer.Correlation);
                findings.Require(
                    IsSame(request.Answer!, answer.Message!),
                    () => $"{agent.Name}: {request.Act} was answered {request.Answer}; asked again: {answer.Message}.");
            }
        }

        return acknowledged.Count;
    }

    private static bool IsSame(object one, object other) =>
        WireCatalog.EncodeTagged(one).AsSpan().SequenceEqual(WireCatalog.EncodeTagged(other));
}
