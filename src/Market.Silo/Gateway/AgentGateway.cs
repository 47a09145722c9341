using System.Collections.Concurrent;
using System.Globalization;
using Market.Domain.Wire.Messages;
using Market.Grains.Enrolling;
using Market.Silo.Gateway.Limiting;
using Microsoft.AspNetCore.Http.Features;

namespace Market.Silo.Gateway;

/// <summary>The door for agents: takes WebSocket connections at `/ws` and keeps their sessions.</summary>
internal sealed class AgentGateway
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<AgentSession, byte> _sessions = new();
    private readonly GatewayServices _services;
    private readonly ITimer _sweep;
    private int _admitted;
    private volatile bool _isStopping;

    /// <summary>Opens the door.</summary>
    /// <param name="services">What all sessions share.</param>
    public AgentGateway(GatewayServices services)
    {
        _services = services;
        _sweep = services.Options.Time.CreateTimer(
            static gateway => ((AgentGateway)gateway!).Sweep(), this, SweepInterval, SweepInterval);
    }

    /// <summary>Its counts.</summary>
    public GatewayMetrics Metrics => _services.Metrics;

    /// <summary>Open connections.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>Requests of all connections that are being answered.</summary>
    public int RequestsInFlight => _sessions.Keys.Sum(static session => session.InFlight);

    /// <summary>Serves one connection until it ends, or says why it cannot be one.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await HttpAnswers.ProblemAsync(
                context, StatusCodes.Status400BadRequest, "WebSocketRequired",
                $"Connect here by WebSocket with the subprotocol {GatewayOptions.Subprotocol}.").ConfigureAwait(false);
        }
        else if (!context.WebSockets.WebSocketRequestedProtocols.Contains(GatewayOptions.Subprotocol))
        {
            await HttpAnswers.ProblemAsync(
                context, StatusCodes.Status400BadRequest, "SubprotocolUnknown",
                $"Ask for the subprotocol {GatewayOptions.Subprotocol}; there is no other.").ConfigureAwait(false);
        }
        else
        {
            await AdmitAsync(context).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the sessions of a key that has ended.</summary>
    public void EndSessionsOf(EndedKey ended)
    {
        foreach (var session in _sessions.Keys)
        {
            if (session.IsOf(ended.Key))
            {
                session.End(ended.Refusal);
            }
        }
    }

    /// <summary>
    /// Takes no new connection, lets requests in flight be answered, and closes every connection with the reason.
    /// </summary>
    /// <param name="answersWithin">How long requests in flight may take.</param>
    public async Task StopAsync(TimeSpan answersWithin)
    {
        _isStopping = true;
        await _sweep.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(_sessions.Keys.Select(session => session.StopAsync(answersWithin))).ConfigureAwait(false);
        _services.Metrics.Dispose();
    }

    private async Task AdmitAsync(HttpContext context)
    {
        var isAdmitted = Interlocked.Increment(ref _admitted) <= _services.Options.Limits.Connections;
        try
        {
            if (_isStopping || !isAdmitted)
            {
                context.Response.Headers.RetryAfter = "1";
                await HttpAnswers.ProblemAsync(
                    context,
                    StatusCodes.Status503ServiceUnavailable,
                    _isStopping ? nameof(GatewayRefusal.ShuttingDown) : nameof(GatewayRefusal.Overloaded),
                    "The market takes no connection now; connect again later.").ConfigureAwait(false);
            }
            else if (_services.Limiter.TryAdmit(context.Connection.RemoteIpAddress, out var wait) is { } allowance)
            {
                using (allowance)
                {
                    await ServeAsync(context, allowance).ConfigureAwait(false);
                }
            }
            else
            {
                var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
                context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
                _services.Metrics.CountRefusal(nameof(GatewayRefusal.TooManyHandshakes));
                await HttpAnswers.ProblemAsync(
                    context,
                    StatusCodes.Status429TooManyRequests,
                    nameof(GatewayRefusal.TooManyHandshakes),
                    "Connections from this address begin too fast; connect again later.").ConfigureAwait(false);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _admitted);
        }
    }

    private void Sweep()
    {
        _services.Limiter.Sweep();
        foreach (var (session, _) in _sessions)
        {
            session.CheckTime();
        }
    }

    private async Task ServeAsync(HttpContext context, SessionAllowance allowance)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(GatewayOptions.Subprotocol)
            .ConfigureAwait(false);
        var upgrade = (OutgoingUpgrade)context.Features.GetRequiredFeature<IHttpUpgradeFeature>();
        var cut = new ConnectionCut(context.Abort, TimeProvider.System);
        using var session = new AgentSession(socket, upgrade.Frames, cut, allowance, _services);
        _sessions.TryAdd(session, 0);
        _services.Metrics.CountSession(1);
        if (_isStopping)
        {
            _ = session.StopAsync(TimeSpan.Zero); // it came in while the others were being closed
        }

        try
        {
            await session.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            _sessions.TryRemove(session, out _);
            _services.Metrics.CountSession(-1);
        }
    }
}
