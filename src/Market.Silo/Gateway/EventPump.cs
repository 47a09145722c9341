using System.Net.WebSockets;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains.Journaling;
using Market.Silo.Keys;

namespace Market.Silo.Gateway;

/// <summary>
/// Sends an agent its events, each as its side may see it. It takes the next one only when the connection has room, so
/// a slow reader's events wait in the journal and nobody else waits for it. One that reads nothing for a while is told
/// so and gets no more until it subscribes again.
/// </summary>
internal sealed class EventPump : IAsyncDisposable
{
    private const int FirstNegotiationEvent = 400;
    private const int LastNegotiationEvent = 419;
    private const int LastAgentEvent = 459;

    private readonly AgentSession _session;
    private readonly OutgoingFrames _outgoing;
    private readonly GatewayServices _services;
    private readonly AgentNumber _agent;
    private readonly CancellationTokenSource _stop = new();
    private readonly IAsyncEnumerable<JournalRow> _rows;
    private Task _running = Task.CompletedTask;
    private volatile bool _hasEnded;

    private EventPump(
        AgentSession session, OutgoingFrames outgoing, GatewayServices services, AgentNumber agent, long position)
    {
        _session = session;
        _outgoing = outgoing;
        _services = services;
        _agent = agent;
        _rows = services.Cluster.SubscribeAsync(agent, position, _stop.Token);
    }

    /// <summary>A pump from a position on; null where the journal has no such position, being an older copy.</summary>
    public static EventPump? TryCreate(
        AgentSession session, OutgoingFrames outgoing, GatewayServices services, AgentNumber agent, long position)
    {
        try
        {
            return new EventPump(session, outgoing, services, agent, position);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Whether it sends no more: it was stopped, failed, or its reader was too slow.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>Begins.</summary>
    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Ends; after its return nothing more is sent.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            using var cursors = _services.Cursors.CreateWriter(_agent);
            await foreach (var row in _rows.ConfigureAwait(false))
            {
                if (NumberOf(row.Body.Span) is not (>= FirstNegotiationEvent and <= LastAgentEvent and var number))
                {
                    continue;
                }

                var room = _outgoing.WaitForRoomAsync();
                if (!room.IsCompletedSuccessfully && !await IsReadAsync(room.AsTask()).ConfigureAwait(false))
                {
                    // It reads nothing: its events stay in the journal until it asks again.
                    _session.DropToPull();
                    return;
                }

                _session.Send(0, number <= LastNegotiationEvent ? EventOf(row, cursors) : NoticeOf(row, cursors));
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped: its subscriber has gone or has asked again.
        }
        catch (Exception error)
        {
            _services.Log.LogError(error, "The events of {Agent} stopped.", _agent);
            _session.Close(WebSocketCloseStatus.InternalServerError, "The events stopped; connect again.");
        }
        finally
        {
            _hasEnded = true;
        }
    }

    /// <summary>Whether the connection had room again in time.</summary>
    private async Task<bool> IsReadAsync(Task room)
    {
        var options = _services.Options;
        try
        {
            await room.WaitAsync(TimeSpan.FromSeconds(options.Limits.UnreadSeconds), options.Time, _stop.Token)
                .ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private EventNotice EventOf(JournalRow row, CursorCodec.Writer cursors)
    {
        var party = row.Audience.First == _agent ? Party.Buyer : Party.Seller;
        var @event = (NegotiationEvent)WireCatalog.DecodeTagged(row.Body.Span);
        return new EventNotice(cursors.Write(row.Position), row.Version, NegotiationViews.SeenBy(@event, party));
    }

    private AgentNotice NoticeOf(JournalRow row, CursorCodec.Writer cursors)
    {
        var @event = (AgentEvent)WireCatalog.DecodeTagged(row.Body.Span);
        return new AgentNotice(cursors.Write(row.Position), @event.SeenBy(_agent));
    }

    private static long NumberOf(ReadOnlySpan<byte> body)
    {
        var reader = new MessagePackReader(body);
        reader.BeginArray(required: 2);
        return reader.ReadInt64();
    }
}
