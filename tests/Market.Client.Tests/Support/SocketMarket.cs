using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Market.Client.Connecting;
using Market.Domain.Wire.Messages;

namespace Market.Client.Tests.Support;

/// <summary>
/// A market's WebSocket endpoint on a real port, with the upgrade done by hand; the test writes its frames.
/// </summary>
internal sealed class SocketMarket : IDisposable
{
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SocketMarket() => _listener.Start();

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public string Upgrade { get; private set; } = "";

    public async Task<WebSocket> AcceptAsync(string? refuseWith = null)
    {
        var stream = new NetworkStream((await _listener.AcceptSocketAsync().Soon()), ownsSocket: true);
        var request = new StringBuilder();
        var one = new byte[1];
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            request.Append((char)one[0]);
        }

        Upgrade = request.ToString();
        if (refuseWith is not null)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {refuseWith}\r\nContent-Length: 0\r\n\r\n"));
        }

        var key = Upgrade.Split("\r\n").First(l => l.StartsWith("Sec-WebSocket-Key: ", StringComparison.Ordinal))[19..];
#pragma warning disable CA5350 // RFC 6455 says SHA-1.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSuffix)));
#pragma warning restore CA5350
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: market.v1.msgpack\r\n\r\n"));
        return WebSocket.CreateFromStream(
            stream, new WebSocketCreationOptions { IsServer = true, SubProtocol = "market.v1.msgpack" });
    }

    /// <summary>Takes the next connection through its handshake, as an agent's that is subscribed.</summary>
    public async Task<WebSocket> WelcomeAsync()
    {
        var socket = await AcceptAsync();
        var now = Domain.LedgerTime.FromUtc(DateTimeOffset.UtcNow);
        await SendAsync(socket, 0, new Hello(Some.Market, "test", 1, Some.Nonce, now));
        var proof = await ReceiveAsync(socket);
        await SendAsync(socket, proof.Correlation, new Welcome(Some.Buyer));
        var subscribe = await ReceiveAsync(socket);
        await SendAsync(socket, subscribe.Correlation, new Subscribed());
        return socket;
    }

    public static Task SendAsync(WebSocket socket, uint correlation, object message) => socket.SendAsync(
        Frame.Encode(correlation, message), WebSocketMessageType.Binary, true, CancellationToken.None).Soon();

    public static async Task<Frame> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        WebSocketReceiveResult part;
        do
        {
            var rest = new ArraySegment<byte>(buffer, length, buffer.Length - length);
            part = await socket.ReceiveAsync(rest, CancellationToken.None).Soon();
            length += part.Count;
        }
        while (!part.EndOfMessage);
        return Frame.Decode(buffer.AsSpan(0, length));
    }

    public void Dispose() => _listener.Dispose();
}
