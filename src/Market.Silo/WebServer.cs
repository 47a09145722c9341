using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Market.Domain;
using Market.Silo.Gateway;
using Market.Silo.Https;
using Market.Silo.Operations;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Market.Silo;

/// <summary>
/// The HTTP server in front of a market. It takes nothing from the environment or from files: what it does is what the
/// program was told.
/// </summary>
internal sealed class WebServer
{
    /// <summary>Where agents connect.</summary>
    public const string AgentsPath = "/ws";

    private const string HealthPath = "/health";

    // An agent that thinks for a minute is alive; a machine that went away is not.
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromMinutes(2);

    private readonly IReadOnlyList<IPEndPoint> _endpoints;
    private readonly TimeSpan _handshakeTimeout;
    private readonly BrowserGuard _guard;
    private readonly WebApplication _app;
    private readonly TaskCompletionSource<ServerCertificate> _certificate =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile State _state = new("starting", null, null);

    /// <summary>Prepares a server; nothing is bound yet.</summary>
    public WebServer(MarketSiloOptions options, ILoggerFactory logging)
    {
        _endpoints = options.Endpoints;
        _handshakeTimeout = TimeSpan.FromSeconds(options.Limits.HandshakeSeconds);
        _guard = new BrowserGuard(
            options.Hosts,
            !options.AllowRemote && _endpoints.All(static endpoint => IPAddress.IsLoopback(endpoint.Address)));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "market" });
        builder.Services.AddSingleton(logging);
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>());
        // Nothing between socket and grain blocks, so a message need not change threads on its way in or out.
        builder.WebHost.UseKestrelCore().UseSockets(static sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MarketLimits.FrameBytesMax;
            kestrel.Limits.RequestHeadersTimeout = _handshakeTimeout;
            kestrel.Limits.MaxConcurrentConnections = 2 * options.Limits.Connections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = options.Limits.Connections;
            foreach (var endpoint in _endpoints)
            {
                kestrel.Listen(endpoint, listen => Configure(listen, options.Https is not null));
            }
        });
        _app = builder.Build();
        _app.Use(RouteOutgoing);
        _app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = PingInterval, KeepAliveTimeout = PingTimeout });
        _app.Run(HandleAsync);
    }

    /// <summary>Its addresses, once it has started.</summary>
    public IReadOnlyList<Uri> Uris { get; private set; } = [];

    /// <summary>Warnings and errors on standard error, one a line.</summary>
    public static ILoggerFactory CreateLogging() => LoggerFactory.Create(static logging => logging
        .SetMinimumLevel(LogLevel.Warning)
        .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None) // what it says is thrown too
        .AddConsole(static console => console.FormatterName = LogLineFormatter.FormatterName)
        .AddConsoleFormatter<LogLineFormatter, Microsoft.Extensions.Logging.Console.ConsoleFormatterOptions>()
        .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            static console => console.LogToStandardErrorThreshold = LogLevel.Trace));

    /// <summary>Binds the addresses; until <see cref="Serve"/> every request is told to come back.</summary>
    /// <exception cref="MarketStartException">An address cannot be bound.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw new MarketStartException(
                $"Cannot listen on {string.Join(", ", _endpoints)}: {ReasonOf(error)}.", error);
        }

        var server = _app.Services.GetRequiredService<IServer>();
        var addresses = server.Features.GetRequiredFeature<IServerAddressesFeature>();
        Uris = [.. addresses.Addresses.Select(static address => new Uri(address))];
    }

    /// <summary>Shows this certificate to whoever connects by TLS; until then connections wait for it.</summary>
    public void Use(ServerCertificate certificate) => _certificate.TrySetResult(certificate);

    /// <summary>Opens the door.</summary>
    public void Serve(AgentGateway gateway, MarketId market) => _state = new State("ok", gateway, market);

    /// <summary>Stops listening; connections that are still there after the time are cut.</summary>
    public async Task StopAsync(TimeSpan within)
    {
        _state = _state with { Status = "stopping" };
        using var timeout = new CancellationTokenSource(within);
        await _app.StopAsync(timeout.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private void Configure(ListenOptions listen, bool isHttps)
    {
        listen.Protocols = HttpProtocols.Http1; // WebSockets, and a health page
        if (isHttps)
        {
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = HandshakeAsync,
                HandshakeTimeout = _handshakeTimeout,
            });
        }
    }

    private async ValueTask<SslServerAuthenticationOptions> HandshakeAsync(TlsHandshakeCallbackContext connection) =>
        new()
        {
            ServerCertificateContext = (await _certificate.Task.WaitAsync(connection.CancellationToken)
                .ConfigureAwait(false)).Context,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
            AllowRenegotiation = false,
        };

    private static string ReasonOf(Exception error) => (error as SocketException ?? error.InnerException?.InnerException
        ?? error.InnerException) switch
    {
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } =>
            "the address is in use by another program; stop it, or choose another with --urls",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            "this user may not; choose a port from 1024 up with --urls",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } =>
            "this machine has no such address; choose another with --urls",
        _ => error.Message.TrimEnd('.'),
    };

    private static Task RouteOutgoing(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
        {
            context.Features.Set<IHttpUpgradeFeature>(new OutgoingUpgrade(upgrade));
        }

        return next(context);
    }

    private Task HandleAsync(HttpContext context)
    {
        if (_guard.Refuse(context.Request) is { } reason)
        {
            return HttpAnswers.ProblemAsync(context, StatusCodes.Status403Forbidden, "OriginNotAllowed", reason);
        }

        var state = _state;
        return context.Request.Path.Value switch
        {
            HealthPath => HttpAnswers.JsonAsync(
                context,
                state.Status == "ok" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
                writer =>
                {
                    writer.WriteString("status", state.Status);
                    writer.WriteString("market", state.Market?.ToString());
                }),
            AgentsPath when state.Gateway is { } gateway => gateway.HandleAsync(context),
            AgentsPath => HttpAnswers.ProblemAsync(
                context, StatusCodes.Status503ServiceUnavailable, "Starting", "The market is starting; connect again."),
            _ => HttpAnswers.ProblemAsync(
                context, StatusCodes.Status404NotFound, "NotFound", "There are /ws for agents and /health."),
        };
    }

    private sealed record State(string Status, AgentGateway? Gateway, MarketId? Market);
}
