using System.Net.WebSockets;
using Market.Domain.Wire.Messages;

namespace Market.Silo.Gateway;

/// <content>The agent's events, and the end of the connection.</content>
internal sealed partial class AgentSession
{
    /// <summary>
    /// Begins the agent's events after a cursor; the stream that an earlier request began ends first.
    /// </summary>
    private async ValueTask SubscribeAsync(uint correlation, Subscribe request)
    {
        var agent = _agent!;
        var position = services.Cursors.Read(agent.Number, request.After.Span);
        var pump = position is { } after ? EventPump.TryCreate(this, outgoing, services, agent.Number, after) : null;
        if (pump is null)
        {
            Send(correlation, Refusals.Of(
                GatewayRefusal.CursorIsInvalid, "Give back a cursor that this agent got, or none for all events."));
            return;
        }

        if (_pump is { } earlier)
        {
            await earlier.DisposeAsync().ConfigureAwait(false);
        }

        // Whoever has been told that it follows its events must not be found idle: the pump is there before the answer.
        _pump = pump;
        Send(correlation, new Subscribed());
        pump.Start();
    }

    private void CloseFor(ReceivedKind kind)
    {
        switch (kind)
        {
            case ReceivedKind.Text:
                Send(0, Refusals.Of(GatewayRefusal.FrameIsInvalid, "Send binary messages."));
                Close(WebSocketCloseStatus.InvalidMessageType, nameof(GatewayRefusal.FrameIsInvalid));
                break;
            case ReceivedKind.TooLarge:
                Send(0, Refusals.Of(
                    GatewayRefusal.FrameTooLarge, $"A frame has at most {services.Options.Limits.FrameBytes} bytes."));
                Close(WebSocketCloseStatus.MessageTooBig, nameof(GatewayRefusal.FrameTooLarge));
                break;
            default:
                Close(WebSocketCloseStatus.NormalClosure, string.Empty);
                break;
        }
    }

    /// <summary>Sends the closing frame, unless the connection has ended so that none can be sent.</summary>
    private async Task SendCloseAsync(WebSocketCloseStatus status, string reason)
    {
        try
        {
            await socket.CloseOutputAsync(status, reason, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error)
            when (error is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            cut.Now();
        }
    }

    /// <summary>
    /// Reads until the other side's closing frame, ignoring what comes before it, and sends what is left to send.
    /// </summary>
    private async Task AwaitCloseAsync()
    {
        while ((await _receiver.ReceiveAsync().ConfigureAwait(false)).Kind != ReceivedKind.Closed)
        {
        }

        Close(WebSocketCloseStatus.NormalClosure, string.Empty);
        await outgoing.WhenIdleAsync().ConfigureAwait(false);
    }
}
