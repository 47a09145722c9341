namespace Market.Client.Connecting;

/// <summary>
/// A request without its answer yet. Its frame is made once: whenever it is sent again, after a lost connection or at
/// the market's wish, it is the same message id and the same bytes, so it is done once however often it arrives.
/// </summary>
internal sealed class PendingRequest(uint correlation, byte[] frame)
{
    private readonly TaskCompletionSource<object> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ties the answer to it.</summary>
    public uint Correlation { get; } = correlation;

    /// <summary>What is sent, every time.</summary>
    public byte[] Frame { get; } = frame;

    /// <summary>Delays before sending again what the market could not answer; null before the first of them.</summary>
    public Backoff? Backoff { get; set; }

    /// <summary>The connection that it was last sent on.</summary>
    public FrameSender? SentOn { get; set; }

    /// <summary>The answer.</summary>
    public Task<object> Answer => _answer.Task;

    /// <summary>Answers it.</summary>
    public void Complete(object answer) => _answer.TrySetResult(answer);

    /// <summary>Ends it without an answer.</summary>
    public void Fail(Exception error) => _answer.TrySetException(error);

    /// <summary>Ends it because nobody waits for it any more.</summary>
    public void Cancel(CancellationToken cancellationToken) => _answer.TrySetCanceled(cancellationToken);
}
