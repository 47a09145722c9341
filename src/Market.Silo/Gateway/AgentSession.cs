using System.Net.WebSockets;
using Market.Domain.Enrolling;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;
using Market.Silo.Gateway.Authorising;
using Market.Silo.Gateway.Limiting;

namespace Market.Silo.Gateway;

/// <summary>
/// One connection of an agent: it proves its key, then its requests are answered in any order, each under its own
/// number, while its events are pumped in between. Everything is bounded: requests in flight, bytes on their way out,
/// time.
/// </summary>
/// <param name="socket">The connection.</param>
/// <param name="outgoing">What leaves on it.</param>
/// <param name="cut">Cuts it; the session's own from now on.</param>
/// <param name="allowance">What it may use.</param>
/// <param name="services">What all sessions share.</param>
internal sealed partial class AgentSession(
    WebSocket socket, OutgoingFrames outgoing, ConnectionCut cut, SessionAllowance allowance, GatewayServices services)
    : IDisposable
{
    private readonly FrameReceiver _receiver = new(socket, services.Limiter);
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ReadOnlyMemory<byte> _publicKey;
    private volatile Agent? _agent;
    private volatile EnrolledPrincipal? _principal;
    private volatile EventPump? _pump;
    private volatile IDisposable? _counted;
    private int _inFlight;
    private int _isClosing;
    private volatile bool _isStopping;

    private SessionKinds Kind => Authorisation.KindOf(_agent, _principal);

    private bool IsClosing => Volatile.Read(ref _isClosing) != 0;

    /// <summary>Its requests that are being answered; one whose answer was just sent may still count.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Serves the connection until it ends. Never throws for what the other side does.</summary>
    public async Task RunAsync()
    {
        try
        {
            if (await AuthenticateAsync().ConfigureAwait(false))
            {
                await ServeAsync().ConfigureAwait(false);
            }

            await AwaitCloseAsync().ConfigureAwait(false);
        }
        finally
        {
            if (_pump is { } pump)
            {
                await pump.DisposeAsync().ConfigureAwait(false);
            }

            _ended.TrySetResult();
            _counted?.Dispose();
        }
    }

    /// <summary>
    /// Refuses new requests, lets those in flight be answered, then closes; returns when the connection has ended.
    /// </summary>
    public async Task StopAsync(TimeSpan answersWithin)
    {
        _isStopping = true;
        if (Volatile.Read(ref _inFlight) > 0)
        {
            await Task.WhenAny(_answered.Task, Task.Delay(answersWithin)).ConfigureAwait(false);
        }

        Close(WebSocketCloseStatus.EndpointUnavailable, "The market is stopping; connect again later.");
        await _ended.Task.ConfigureAwait(false);
    }

    /// <summary>Sends one message: the answer to a request, or with correlation 0 a notification.</summary>
    public void Send(uint correlation, object message)
    {
        if (message is Refused refused)
        {
            services.Metrics.CountRefusal(refused.Name);
        }

        using var writer = MessagePackWriter.Rent();
        WireCatalog.WriteFrame(writer, correlation, message);
        outgoing.Append(writer.Written);
    }

    /// <summary>
    /// Says why, sends the closing frame after everything sent so far, and cuts the connection if nobody answers it.
    /// </summary>
    public void Close(WebSocketCloseStatus status, string reason)
    {
        if (Interlocked.Exchange(ref _isClosing, 1) != 0)
        {
            return;
        }

        outgoing.EndData();
        cut.After(GatewayOptions.CloseTimeout);
        _ = SendCloseAsync(status, reason);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        cut.Dispose();
        _receiver.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!IsClosing)
        {
            var received = await _receiver.ReceiveAsync().ConfigureAwait(false);
            if (received.Kind != ReceivedKind.Frame)
            {
                CloseFor(received.Kind);
                return;
            }

            // A client that reads no answers gets no more of them: its next requests stay in its own socket.
            await outgoing.WaitForRoomAsync().ConfigureAwait(false);
            _lastRequestAt = services.Limiter.Now;
            await TakeAsync(AgentRequest.Decode(received.Bytes.Span)).ConfigureAwait(false);
        }
    }

    private ValueTask TakeAsync(in AgentRequest request)
    {
        if (Volatile.Read(ref _endedBy) is { } ended)
        {
            Send(request.Correlation, ended);
        }
        else if (allowance.Take(_lastRequestAt) is { } tooFast)
        {
            Send(request.Correlation, tooFast);
            return new ValueTask(Task.Delay(GatewayOptions.PauseAfterRateLimited));
        }
        else if (request.Refusal is { } refusal)
        {
            SendAnswer(request.Correlation, refusal);
        }
        else if (_isStopping)
        {
            Send(request.Correlation, Refusals.Of(GatewayRefusal.ShuttingDown, "Connect again later."));
        }
        else if (Authorisation.Refuse(Kind, request.Message!) is { } denied)
        {
            Send(request.Correlation, denied);
        }
        else if (services.Contents.Refuse(request.Message!) is { } tooMuch)
        {
            Send(request.Correlation, tooMuch);
        }
        else if (request.Message is Subscribe subscribe)
        {
            return SubscribeAsync(request.Correlation, subscribe);
        }
        else if (Interlocked.Increment(ref _inFlight) > services.Options.Limits.RequestsInFlight)
        {
            Interlocked.Decrement(ref _inFlight);
            Send(request.Correlation, Refusals.Of(
                GatewayRefusal.Overloaded,
                $"At most {services.Options.Limits.RequestsInFlight} requests may be in flight; nothing was done.",
                GatewayOptions.RetryAfter));
        }
        else
        {
            _ = AnswerAsync(request);
        }

        return ValueTask.CompletedTask;
    }

    private async Task AnswerAsync(AgentRequest request)
    {
        object answer;
        BeginKeyChange(request.Message);
        try
        {
            answer = Dispatcher.AnswerOf(await AskAsync(request).ConfigureAwait(false), request.Message);
            var isWithin = answer is not Welcome { Agent: { } agent } || Welcome(agent);
            SendAnswer(request.Correlation, answer);
            if (!isWithin)
            {
                Refuse(GatewayRefusal.TooManyConnections, ConnectionsRule);
            }
        }
        catch (Exception error)
        {
            Send(request.Correlation, RefusalOf(error));
        }

        EndKeyChange(request.Message);

        if (Interlocked.Decrement(ref _inFlight) == 0 && _isStopping)
        {
            _answered.TrySetResult();
        }
    }

    private ValueTask<object> AskAsync(in AgentRequest request) =>
        _principal is { } principal ? services.Dispatcher.AskAsync(principal, request)
        : request.Message is Register register ? services.Dispatcher.RegisterAsync(_publicKey, register)
        : services.Dispatcher.AskAsync(_agent!, request);

    /// <summary>The session is the agent's from now on.</summary>
    /// <returns>Whether the agent has no more connections than it may.</returns>
    private bool Welcome(Agent agent)
    {
        var isWithin = _agent is not null || allowance.Become(SenderKey.Of(agent, null, _publicKey), agent.Principal);
        if (_agent is null && services.Sessions is { } everywhere)
        {
            _counted = everywhere.Open(agent.Number, RefuseTooMany);
            if (_ended.Task.IsCompleted)
            {
                _counted.Dispose(); // it was registered by the last request of a connection that is gone
            }
        }

        _agent = agent;
        return isWithin;
    }

    private Refused RefusalOf(Exception error)
    {
        switch (error)
        {
            case GrainOverloadedException overloaded:
                return Refusals.Of(
                    GatewayRefusal.Overloaded,
                    "Nothing was done; send the same message again later.",
                    overloaded.RetryAfter);
            case OutcomeUnknownException:
                break;
            default:
                services.Log.LogError(error, "A request of {Agent} failed.", _agent?.Number);
                break;
        }

        return Refusals.Of(
            GatewayRefusal.OutcomeUnknown,
            "Send the same message with the same id again to learn it.",
            GatewayOptions.RetryAfter);
    }
}
