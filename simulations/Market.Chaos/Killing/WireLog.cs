using Market.Client.Connecting;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Killing;

/// <summary>
/// What one client sent and what it was answered, over all of its connections: the client-side record of what the
/// market has acknowledged. Safe for many threads.
/// </summary>
internal sealed class WireLog
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, WireRequest> _requests = [];
    private readonly List<string> _contradictions = [];
    private readonly List<ToldRecord> _told = [];
    private int _acknowledged;

    /// <summary>
    /// Called with each message that comes in, on the receiver's thread and before anything is made of it: at that
    /// moment the market has only just said it.
    /// </summary>
    public Action<object>? Received { get; set; }

    /// <summary>Acts that the market has acknowledged so far.</summary>
    public int AcknowledgedCount => Volatile.Read(ref _acknowledged);

    /// <summary>Requests answered twice, and differently.</summary>
    public IReadOnlyList<string> Contradictions
    {
        get
        {
            lock (_gate)
            {
                return [.. _contradictions];
            }
        }
    }

    /// <summary>Every time that an act was said to be recorded, and by whom.</summary>
    public IReadOnlyList<ToldRecord> Told
    {
        get
        {
            lock (_gate)
            {
                return [.. _told];
            }
        }
    }

    /// <summary>All requests so far, in the order of their numbers.</summary>
    public IReadOnlyList<WireRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests.OrderBy(static r => r.Key).Select(static r => r.Value)];
            }
        }
    }

    /// <summary>Notes a frame that goes out.</summary>
    public void NoteSent(ReadOnlySpan<byte> bytes)
    {
        var frame = Frame.Decode(bytes);
        if (frame.Message is null or Authenticate or Subscribe)
        {
            return;
        }

        lock (_gate)
        {
            if (!_requests.TryGetValue(frame.Correlation, out var request))
            {
                _requests[frame.Correlation] = request = new WireRequest(bytes.ToArray());
            }
            else if (!bytes.SequenceEqual(request.Frame))
            {
                _contradictions.Add($"Request {frame.Correlation} was sent again with other bytes.");
            }

            request.TimesSent++;
            request.LastSent = DateTimeOffset.UtcNow;
        }
    }

    /// <summary>Notes a frame that has come in.</summary>
    public void NoteReceived(ReadOnlySpan<byte> bytes, Uri gateway)
    {
        var frame = Frame.Decode(bytes);
        if (frame.Message is null)
        {
            return;
        }

        if (frame.Message is not EventNotice && !IsAskAgain(frame.Message))
        {
            NoteAnswer(frame.Correlation, frame.Message, gateway);
        }

        Received?.Invoke(frame.Message);
    }

    /// <summary>Whether an answer settles nothing, so that the client must ask again.</summary>
    public static bool IsAskAgain(object answer) => answer is Refused
    {
        Code: (int)GatewayRefusal.Overloaded or (int)GatewayRefusal.OutcomeUnknown or (int)GatewayRefusal.ShuttingDown,
    };

    private void NoteAnswer(uint correlation, object answer, Uri gateway)
    {
        lock (_gate)
        {
            if (answer is ActRecorded act)
            {
                _told.Add(new ToldRecord(gateway, DateTimeOffset.UtcNow, act));
            }

            if (!_requests.TryGetValue(correlation, out var request))
            {
                return; // the handshake's, or a subscription's
            }

            if (request.IsAcknowledged && !request.Answer!.Equals(answer))
            {
                _contradictions.Add(
                    $"{request.Act} was answered {request.Answer} first, and {answer} when it came again.");
            }

            if (!request.IsAcknowledged)
            {
                request.Answer = answer;
                Volatile.Write(ref _acknowledged, _acknowledged + (request.IsAcknowledged ? 1 : 0));
            }
        }
    }
}
