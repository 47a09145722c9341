using System.Net.Sockets;
using System.Text;
using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Hostile.Attacks;

/// <summary>Things that are begun and never ended: half a request, half a frame, a byte a second.</summary>
internal sealed class SlowlorisAttack : Attack
{
    private const string Half = "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n";

    /// <inheritdoc/>
    public override string Name => "slowloris";

    /// <inheritdoc/>
    public override async Task RunAsync(Uri market, AttackSize size, AttackLog log)
    {
        var half = HoldAsync(market, Half, dripping: false, size.Patience);
        var dripped = HoldAsync(market, "GET /ws HTTP/1.1\r\n", dripping: true, size.Patience);
        var unproved = UnprovedAsync(market, size, log);
        var frame = HalfFrameAsync(market, size, log);
        log.Require("half a request is cut off", await half);
        log.Require("a request that drips is cut off", await dripped);
        await unproved;
        await frame;
    }

    /// <summary>Half a frame before the key is proved.</summary>
    private static async Task UnprovedAsync(Uri market, AttackSize size, AttackLog log)
    {
        await using var agent = await WireAgent.ConnectAsync(market);
        await agent.SendPartAsync([0x93, 0x02]);
        log.Expect(
            "half a proof", await agent.ReadToEndAsync().WaitAsync(size.Patience),
            $"closed: {nameof(GatewayRefusal.NotAuthenticated)}", $"closed: {nameof(GatewayRefusal.FrameTooSlow)}");
    }

    private static async Task HalfFrameAsync(Uri market, AttackSize size, AttackLog log)
    {
        await using var agent = await WireAgent.RegisterAsync(market, AgentRole.Buyer, Handle("slow"));
        await agent.SendPartAsync([0x93]);
        log.Expect(
            "half a frame", await agent.Ended.WaitAsync(size.Patience),
            $"closed: {nameof(GatewayRefusal.FrameTooSlow)}");
    }

    /// <summary>Sends the beginning of a request, then nothing or a byte a second; whether the market cut it off.
    /// </summary>
    private static async Task<bool> HoldAsync(Uri market, string text, bool dripping, TimeSpan patience)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(market.Host, market.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
        using var timeout = new CancellationTokenSource(patience);
        var end = ReadToEndAsync(stream, timeout.Token);
        try
        {
            while (dripping && await Task.WhenAny(end, Task.Delay(1_000, timeout.Token)) != end)
            {
                await stream.WriteAsync("X"u8.ToArray(), timeout.Token);
            }
        }
        catch (IOException)
        {
            return true; // cut off in the middle of a byte
        }

        return await end;
    }

    private static async Task<bool> ReadToEndAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[1024];
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken) > 0)
            {
            }

            return true;
        }
        catch (IOException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
