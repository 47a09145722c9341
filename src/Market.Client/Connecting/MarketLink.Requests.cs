using Market.Client.Telemetry;
using Market.Domain;
using Market.Domain.Wire.Messages;

namespace Market.Client.Connecting;

/// <content>Requests: sent until they are answered.</content>
internal sealed partial class MarketLink
{
    private readonly Dictionary<uint, PendingRequest> _pending = [];
    private uint _lastCorrelation = Handshake.Correlation;

    /// <summary>Sends a message until it is answered, over as many connections as it takes.</summary>
    /// <returns>The answer, which may be <see cref="Refused"/>.</returns>
    /// <exception cref="OperationCanceledException">
    /// Nobody waits any more. The market may have done what was asked all the same.
    /// </exception>
    /// <exception cref="MarketConnectionException">The client has ended.</exception>
    public async Task<object> AskAsync(object message, CancellationToken cancellationToken)
    {
        var measured = Measured.Request(message);
        try
        {
            var answer = await AskInTurnAsync(message, cancellationToken).ConfigureAwait(false);
            measured.Answered(answer);
            return answer;
        }
        catch (Exception error)
        {
            measured.Failed(error);
            throw;
        }
    }

    /// <summary>Sends a message until it is answered.</summary>
    /// <exception cref="MarketRefusedException">The answer is a refusal.</exception>
    /// <exception cref="MarketConnectionException">The answer is of another kind than this message has.</exception>
    public async Task<T> AskAsync<T>(object message, CancellationToken cancellationToken)
        where T : class =>
        await AskAsync(message, cancellationToken).ConfigureAwait(false) switch
        {
            T answer => answer,
            Refused refused => throw new MarketRefusedException(refused),
            var other => throw new MarketConnectionException(
                $"{message.GetType().Name} is answered by {typeof(T).Name}, and {other.GetType().Name} came."),
        };

    private async Task<object> AskInTurnAsync(object message, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return CommandOf(message) is { } command
                ? await AskOnRecordAsync(message, command, cancellationToken).ConfigureAwait(false)
                : await AnswerToAsync(Post(message, default), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<object> AnswerToAsync(PendingRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var cancelling = cancellationToken.UnsafeRegister(
                static (state, token) => ((PendingRequest)state!).Cancel(token), request);
            return await request.Answer.ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _pending.Remove(request.Correlation);
            }
        }
    }

    private PendingRequest Post(object message, ReadOnlyMemory<byte> encoded)
    {
        uint correlation;
        lock (_gate)
        {
            correlation = NextCorrelation();
        }

        var frame = encoded.IsEmpty
            ? Frame.Encode(correlation, message)
            : Frame.Wrap(correlation, encoded.Span);
        if (frame.Length > MarketLimits.FrameBytesMax)
        {
            // The market would close the connection over it, every time.
            throw new ArgumentException(
                $"{message.GetType().Name} has {frame.Length} bytes; a frame has {MarketLimits.FrameBytesMax} at most.",
                nameof(message));
        }

        FrameSender? sender;
        var request = new PendingRequest(correlation, frame);
        lock (_gate)
        {
            if (_fault is not null)
            {
                throw EndedBy(_fault);
            }

            _pending.Add(correlation, request);
            sender = _sender;
            Dispatch(request, sender);
        }

        sender?.Pump();
        return request;
    }

    private void Attach(FrameSender sender)
    {
        lock (_gate)
        {
            _sender = sender;
            if (Agent is not null)
            {
                QueueSubscription(sender);
            }

            // In the order in which they were first sent.
            Instruments.AddResent(_pending.Values.Count(static r => r.SentOn is not null), "reconnected");
            foreach (var request in _pending.Values.OrderBy(static r => r.Correlation))
            {
                Dispatch(request, sender);
            }
        }

        sender.Pump();
    }

    private void Answer(uint correlation, object answer)
    {
        PendingRequest? request;
        lock (_gate)
        {
            request = _pending.GetValueOrDefault(correlation);
        }

        if (request is null)
        {
            // Its answer came over an earlier connection too, or nobody waits for it any more.
            return;
        }

        if (answer is Refused { MustAskAgain: true } refused)
        {
            request.Backoff ??= new Backoff(_options.RetryDelayMin, _options.RetryDelayMax);
            _ = SendAgainAsync(request, request.Backoff.Next(refused.RetryAfter ?? TimeSpan.Zero));
            return;
        }

        _reconnecting.Reset();
        if (answer is Welcome { Agent: { } agent })
        {
            SetAgent(agent);
            Resume();
        }

        request.Complete(answer);
    }

    private async Task SendAgainAsync(PendingRequest request, TimeSpan delay)
    {
        var sentOn = request.SentOn;
        try
        {
            await Task.Delay(delay, _options.TimeProvider, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }

        FrameSender? sender;
        lock (_gate)
        {
            // A newer connection has been given every request without an answer already.
            sender = _sender is { } current && current == sentOn ? current : null;
            if (sender is null || !_pending.ContainsKey(request.Correlation))
            {
                return;
            }

            Instruments.AddResent(1, "retry-after");
            Dispatch(request, sender);
        }

        sender.Pump();
    }

    private static void Dispatch(PendingRequest request, FrameSender? sender)
    {
        request.SentOn = sender;
        sender?.Enqueue(request.Frame);
    }

    private static Exception EndedBy(Exception fault) => fault is ObjectDisposedException
        ? new ObjectDisposedException(nameof(MarketClient))
        : new MarketConnectionException($"The client has ended: {fault.Message}", fault) { IsFinal = true };

    // Numbers wrap around after four thousand million requests; 0 and 1 have meanings of their own.
    private uint NextCorrelation()
    {
        do
        {
            _lastCorrelation = _lastCorrelation == uint.MaxValue ? Handshake.Correlation + 1 : _lastCorrelation + 1;
        }
        while (_pending.ContainsKey(_lastCorrelation));
        return _lastCorrelation;
    }
}
