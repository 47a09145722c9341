using System.Threading.Tasks.Sources;

namespace Market.Grains.Hosting;

/// <summary>
/// One message in a mailbox and, where somebody asked, the source of the answer. Pooled: an ask or a tell allocates
/// nothing once the pool is warm. An envelope goes back to the pool when nobody can reach it any more: an ask's when
/// its answer was taken, a tell's when it was handled; one whose asker gave up is left to the collector.
/// </summary>
internal sealed class Envelope : ReplySink, IValueTaskSource<object>
{
    private const int Open = 0;
    private const int Answered = 1;
    private const int Abandoned = 2;

    // The asker's code never runs inside a grain's turn or on the journal's thread.
    private ManualResetValueTaskSourceCore<object> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellation;
    private int _state;
    private bool _isAsk;

    /// <summary>The message.</summary>
    public object Message { get; private set; } = null!;

    /// <summary>How many arrivals lie below this one in a mailbox, itself included.</summary>
    public int Depth { get; set; }

    /// <summary>The mailbox's era when it came in.</summary>
    public int Era { get; set; }

    /// <summary>Whether the asker gave up.</summary>
    public bool IsAbandoned => Volatile.Read(ref _state) == Abandoned;

    /// <summary>The answer to come; to be awaited once.</summary>
    public ValueTask<object> Answer => new(this, _core.Version);

    /// <summary>An envelope for a message that somebody waits for.</summary>
    public static Envelope Ask(object message, CancellationToken cancellation)
    {
        var envelope = EnvelopePool.Rent();
        envelope.Message = message;
        envelope._isAsk = true;
        if (cancellation.CanBeCanceled)
        {
            envelope._cancellation = cancellation;
            envelope._registration = cancellation.UnsafeRegister(static self => ((Envelope)self!).Abandon(), envelope);
        }

        return envelope;
    }

    /// <summary>An envelope for a message that nobody waits for.</summary>
    public static Envelope Tell(object message)
    {
        var envelope = EnvelopePool.Rent();
        envelope.Message = message;
        return envelope;
    }

    /// <summary>The same message with more to it.</summary>
    public void Replace(object message) => Message = message;

    /// <summary>Takes back an envelope that no mailbox accepted, and that nobody awaits.</summary>
    public void Discard()
    {
        if (!_cancellation.CanBeCanceled || _registration.Unregister())
        {
            Recycle();
        }
    }

    /// <inheritdoc/>
    public override void Complete(object? reply)
    {
        if (!_isAsk)
        {
            Recycle();
        }
        else if (reply is null)
        {
            Fail(new InvalidOperationException($"The grain gave no answer to {Message.GetType().Name}."));
        }
        else if (TryAnswer())
        {
            _core.SetResult(reply);
        }
    }

    /// <inheritdoc/>
    public override void Fail(Exception error)
    {
        if (!_isAsk)
        {
            Recycle();
        }
        else if (TryAnswer())
        {
            _core.SetException(error);
        }
    }

    /// <inheritdoc/>
    public object GetResult(short token)
    {
        if (token != _core.Version)
        {
            throw new InvalidOperationException("An answer can be awaited only once.");
        }

        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            // A callback of the token that is running now still holds this envelope, and so does the mailbox of one
            // that was abandoned.
            if (!_cancellation.CanBeCanceled || (_registration.Unregister() && _state == Answered))
            {
                Recycle();
            }
        }
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private bool TryAnswer() =>
        !_cancellation.CanBeCanceled || Interlocked.CompareExchange(ref _state, Answered, Open) == Open;

    private void Abandon()
    {
        if (Interlocked.CompareExchange(ref _state, Abandoned, Open) == Open)
        {
            _core.SetException(new OperationCanceledException(
                "The asker gave up; what it asked for may have been done.", _cancellation));
        }
    }

    private void Recycle()
    {
        Message = null!;
        HeldReply = null;
        HeldTells = default;
        if (_isAsk)
        {
            _isAsk = false;
            _core.Reset();
            if (_cancellation.CanBeCanceled)
            {
                _cancellation = default;
                _registration = default;
                _state = Open;
            }
        }

        EnvelopePool.Return(this);
    }
}
