using System.Globalization;
using System.Text;

namespace Market.Chaos.Fuzzing;

/// <summary>
/// Sends whole and spoilt HTTP requests to the paths that there are, one a connection: each gets an answer that is no
/// 500, or the connection ends; and in between the server goes on to answer.
/// </summary>
internal sealed class HttpFuzz(FuzzMarket market, int seed, FuzzTally tally)
{
    private const string Row = "http";
    private const int HealthEvery = 64;

    private static readonly string[] Methods =
        ["GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "get", "G\0T", "PRI", ""];

    private static readonly string[] Paths =
    [
        "/ws", "/health", "/", "/ws/", "/ws?x=%00", "/%2e%2e/ws", "//ws", "*", "/ws#x", "/\u00e9", "/%C0%AF",
        "/health?a=b", "http://evil.example/ws", "ws", "/ws/../health", "",
    ];

    private static readonly string[] Headers =
    [
        "Upgrade: websocket", "Connection: Upgrade", "Connection: keep-alive, Upgrade", "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Version: 12", "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==", "Sec-WebSocket-Key: x",
        "Sec-WebSocket-Protocol: market.v1.msgpack", "Sec-WebSocket-Protocol: market.v2.msgpack, ,",
        "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99", "Origin: http://evil.example",
        "Origin: null", "Host: evil.example", "Content-Length: 5", "Content-Length: -1",
        "Content-Length: 99999999999999999999", "Content-Length: 17000", "Transfer-Encoding: chunked",
        "Transfer-Encoding: gzip, chunked", "Expect: 100-continue", "X: \u0001", ": empty", "No colon", " folded: x",
        "Cookie: " + new string('a', 9_000), "X-Long: " + new string('b', 40_000), "Range: bytes=0-",
        "Connection: close",
    ];

    private readonly Random _dice = new(seed);

    /// <summary>Sends so many requests.</summary>
    /// <exception cref="FuzzFailureException">Something that must hold does not.</exception>
    public async Task RunAsync(long inputs, CancellationToken cancellation)
    {
        for (var i = 0L; i < inputs; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var request = Request();
            var status = await AskAsync(request, isAll: true);
            if (status == 500)
            {
                throw new FuzzFailureException($"it was answered with {status}", Row, request);
            }

            tally.Count(Row, status?.ToString(CultureInfo.InvariantCulture) ?? "closed");
            if (i % HealthEvery == 0 && await AskAsync(Health(), isAll: false) is not 200 and var health)
            {
                throw new FuzzFailureException($"after it, health was answered with {health}", Row, request);
            }

            if (market.Error is { } error)
            {
                throw new FuzzFailureException($"the market logged an error: {error}", Row, request);
            }
        }
    }

    /// <summary>Sends a request; where it is all that is ever sent, half of one has an end too.</summary>
    private async Task<int?> AskAsync(byte[] request, bool isAll)
    {
        using var connection = await RawConnection.ConnectAsync(market.Uri);
        await connection.SendAsync(request);
        if (isAll)
        {
            connection.EndSending();
        }

        try
        {
            var status = await connection.ReadStatusAsync();
            await connection.ReadToEndAsync();
            return status;
        }
        catch (OperationCanceledException error)
        {
            throw new FuzzFailureException(
                $"it had neither an answer nor an end within {RawConnection.Patience}", Row, request, error);
        }
    }

    private byte[] Health() => Encoding.ASCII.GetBytes(
        $"GET /health HTTP/1.1\r\nHost: {market.Uri.Authority}\r\nConnection: close\r\n\r\n");

    private byte[] Request()
    {
        var text = new StringBuilder($"{Any(Methods)} {Any(Paths)} HTTP/{(_dice.Next(16) == 0 ? "9.9" : "1.1")}\r\n");
        if (_dice.Next(8) != 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"Host: {market.Uri.Authority}\r\n");
        }

        for (var headers = _dice.Next(8); headers > 0; headers--)
        {
            text.Append(Any(Headers)).Append(_dice.Next(32) == 0 ? "\n" : "\r\n");
        }

        text.Append("\r\n");
        for (var body = _dice.Next(4) == 0 ? _dice.Next(20_000) : 0; body > 0; body--)
        {
            text.Append((char)_dice.Next(32, 127));
        }

        var bytes = Encoding.Latin1.GetBytes(text.ToString());
        for (var changes = _dice.Next(2) == 0 ? _dice.Next(6) : 0; changes > 0; changes--)
        {
            bytes[_dice.Next(Math.Min(bytes.Length, 512))] = (byte)_dice.Next(256);
        }

        return _dice.Next(8) == 0 ? bytes[.._dice.Next(bytes.Length)] : bytes;
    }

    private string Any(string[] values) => values[_dice.Next(values.Length)];
}
