using System.Net;
using System.Net.WebSockets;

namespace Market.Client.Connecting;

/// <summary>Connects by WebSocket.</summary>
internal sealed class WebSocketDialer : IFrameDialer
{
    private const string Subprotocol = "market.v1.msgpack";
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private readonly Uri _address;
    private readonly int _frameBytesMax;
    private readonly TrustedCertificate? _trusted;

    /// <summary>Connects to a market.</summary>
    /// <param name="address">Its address: ws, wss, http or https; without a path, that of the gateway.</param>
    /// <param name="frameBytesMax">Largest frame taken.</param>
    /// <param name="trusted">Which certificate is trusted beside those that this machine trusts.</param>
    public WebSocketDialer(Uri address, int frameBytesMax, TrustedCertificate? trusted = null)
    {
        _trusted = trusted;
        _address = GatewayOf(address);
        _frameBytesMax = frameBytesMax;
    }

    /// <summary>The gateway's address of a market's address.</summary>
    /// <exception cref="ArgumentException">The address is not absolute, or has another scheme.</exception>
    public static Uri GatewayOf(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var scheme = !address.IsAbsoluteUri ? null : address.Scheme switch
        {
            "ws" or "http" => "ws",
            "wss" or "https" => "wss",
            _ => null,
        };
        if (scheme is null)
        {
            throw new ArgumentException(
                $"'{address}' is no market's address; one is like http://127.0.0.1:7420 or wss://market.example/ws.",
                nameof(address));
        }

        var builder = new UriBuilder(address) { Scheme = scheme, Port = address.Port };
        if (builder.Path is "" or "/")
        {
            builder.Path = "/ws";
        }

        return builder.Uri;
    }

    /// <inheritdoc/>
    public async ValueTask<IFrameTransport> DialAsync(CancellationToken cancellationToken)
    {
        CorkingStream? stream = null;
        string? untrusted = null;
        var handler = new SocketsHttpHandler
        {
            PlaintextStreamFilter = (context, _) =>
                ValueTask.FromResult<Stream>(stream = new CorkingStream(context.PlaintextStream)),
            AllowAutoRedirect = false,
            SslOptions = TrustedCertificate.OptionsOf(_trusted, finding => untrusted = finding),
        };
        var invoker = new HttpMessageInvoker(handler);
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.AddSubProtocol(Subprotocol);
            socket.Options.KeepAliveInterval = KeepAlive;
            socket.Options.KeepAliveTimeout = KeepAlive;
            socket.Options.HttpVersion = HttpVersion.Version11;
            socket.Options.CollectHttpResponseDetails = true;
            await socket.ConnectAsync(_address, invoker, cancellationToken).ConfigureAwait(false);
            return new WebSocketTransport(socket, invoker, stream!, _frameBytesMax);
        }
        catch (WebSocketException error)
        {
            var isRefused = socket.HttpStatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized
                or HttpStatusCode.Forbidden or HttpStatusCode.NotFound;
            socket.Dispose();
            invoker.Dispose();
            throw new MarketConnectionException(
                untrusted is null
                    ? $"{_address} cannot be connected to: {error.Message}"
                    : $"{_address}: the market's certificate {untrusted}; if it is the one that you expect, pin it by "
                        + $"{nameof(MarketClientOptions)}.{nameof(MarketClientOptions.TrustedCertificate)}.",
                error)
            {
                IsFinal = isRefused || untrusted is not null,
            };
        }
        catch
        {
            socket.Dispose();
            invoker.Dispose();
            throw;
        }
    }
}
