using Market.Domain.Wire.Messages;
using Microsoft.Extensions.Logging;

namespace Market.Client.Connecting;

/// <content>What comes from the market: answers, and events from the cursor that was last subscribed with.</content>
internal sealed partial class MarketLink
{
    private uint _subscription;
    private bool _isListening;
    private bool _isFollowing;
    private bool _isPaused;
    private ReadOnlyMemory<byte>? _gapAfter;

    /// <summary>Asks for the events after the last one taken, where they are not coming already.</summary>
    public void Resume()
    {
        FrameSender? sender;
        lock (_gate)
        {
            if ((_isFollowing && !_isPaused) || _sender is null || Agent is null)
            {
                return;
            }

            sender = _sender;
            QueueSubscription(sender);
        }

        sender.Pump();
    }

    /// <summary>Goes on once the user has read events, if there had been too many to take.</summary>
    public void ResumeIfPaused()
    {
        bool isPaused;
        lock (_gate)
        {
            isPaused = _isPaused;
        }

        if (isPaused && _sink.HasRoom)
        {
            Resume();
        }
    }

    private void QueueSubscription(FrameSender sender)
    {
        // Until the market confirms this subscription, what still comes belongs to the one before.
        _subscription = NextCorrelation();
        (_isFollowing, _isListening, _isPaused) = (true, false, false);
        sender.Enqueue(Frame.Encode(_subscription, new Subscribe(_sink.ResumeAfter)));
    }

    private async Task ReceiveAsync(IFrameTransport transport)
    {
        try
        {
            while (true)
            {
                var bytes = await transport.ReceiveAsync(_stop.Token).ConfigureAwait(false);
                var frame = Frame.Decode(bytes.Span);
                if (frame.Message is EventNotice or AgentNotice)
                {
                    Take(frame.Message);
                }
                else if (frame.Correlation == _subscription)
                {
                    TakeSubscriptionAnswer(frame.Message);
                }
                else if (frame.Correlation != 0)
                {
                    Answer(frame.Correlation, frame.Message ?? throw new MarketConnectionException(
                        "The market answers with a message that this library does not know; a newer one is needed.")
                    { IsFinal = true });
                }
                else if (frame.Message is Refused { RefusalCode: RefusalCode.ReaderIsSlow })
                {
                    SubscribeAfterStop();
                }
                else if (frame.Message is Refused refused)
                {
                    _logger.LogInformation("The market says {Name}: {Explanation}", refused.Name, refused.Explanation);
                }
            }
        }
        finally
        {
            lock (_gate)
            {
                (_isFollowing, _isListening) = (false, false);
            }
        }
    }

    /// <summary>This side was too busy to read, and its events have stopped: they go on where they stopped.</summary>
    private void SubscribeAfterStop()
    {
        lock (_gate)
        {
            (_isFollowing, _isListening) = (false, false);
        }

        Resume();
    }

    private void TakeSubscriptionAnswer(object? answer)
    {
        switch (answer)
        {
            case Subscribed:
                lock (_gate)
                {
                    _isListening = true;
                }

                break;
            case Refused { MustAskAgain: true } refused:
                _ = SubscribeAgainAsync(_reconnecting.Next(refused.RetryAfter ?? TimeSpan.Zero), _subscription);
                break;
            case Refused refused:
                throw new MarketRefusedException(refused);
            default:
                throw new MarketConnectionException("Subscribe is answered by Subscribed, and something else came.");
        }
    }

    private async Task SubscribeAgainAsync(TimeSpan delay, uint refused)
    {
        try
        {
            await Task.Delay(delay, _options.TimeProvider, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }

        lock (_gate)
        {
            if (_subscription != refused)
            {
                return;
            }

            _isFollowing = false;
        }

        Resume();
    }

    private void Take(object notice)
    {
        lock (_gate)
        {
            if (!_isListening)
            {
                return;
            }
        }

        switch (notice is EventNotice @event ? _sink.Take(@event) : _sink.Take((AgentNotice)notice))
        {
            case EventStep.Gap:
                MendGap();
                break;
            case EventStep.Full:
                lock (_gate)
                {
                    (_isListening, _isPaused) = (false, true);
                }

                // The user may have read everything just now, and would not look again.
                ResumeIfPaused();
                break;
            default:
                _gapAfter = null;
                _reconnecting.Reset();
                break;
        }
    }

    private void MendGap()
    {
        var after = _sink.ResumeAfter;
        if (_gapAfter is { } before && before.Span.SequenceEqual(after.Span))
        {
            throw new MarketConnectionException("Events are missing, also when asked for again.");
        }

        _gapAfter = after;
        lock (_gate)
        {
            (_isFollowing, _isListening) = (false, false);
        }

        Resume();
    }
}
