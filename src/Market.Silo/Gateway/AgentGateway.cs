using System.Collections.Concurrent;
using Market.Grains.Enrolling;
using Microsoft.AspNetCore.Http.Features;

namespace Market.Silo.Gateway;

/// <summary>The door for agents: takes WebSocket connections at `/ws` and keeps their sessions.</summary>
/// <param name="services">What all sessions share.</param>
internal sealed class AgentGateway(GatewayServices services)
{
    private readonly ConcurrentDictionary<AgentSession, byte> _sessions = new();
    private volatile bool _isStopping;

    /// <summary>Open connections.</summary>
    public int SessionCount => _sessions.Count;

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
        else if (_isStopping || _sessions.Count >= GatewayOptions.SessionsMax)
        {
            context.Response.Headers.RetryAfter = "1";
            await HttpAnswers.ProblemAsync(
                context, StatusCodes.Status503ServiceUnavailable, _isStopping ? "ShuttingDown" : "Overloaded",
                "The market takes no connection now; connect again later.").ConfigureAwait(false);
        }
        else
        {
            await ServeAsync(context).ConfigureAwait(false);
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
        await Task.WhenAll(_sessions.Keys.Select(session => session.StopAsync(answersWithin))).ConfigureAwait(false);
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(GatewayOptions.Subprotocol)
            .ConfigureAwait(false);
        var upgrade = (OutgoingUpgrade)context.Features.GetRequiredFeature<IHttpUpgradeFeature>();
        using var session = new AgentSession(socket, upgrade.Frames, context.Abort, services);
        _sessions.TryAdd(session, 0);
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
        }
    }
}
