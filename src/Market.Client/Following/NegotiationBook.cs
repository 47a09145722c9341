using System.Collections.Concurrent;
using System.Threading.Channels;
using Market.Client.Connecting;
using Market.Client.Cursors;
using Market.Client.Telemetry;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Client.Following;

/// <summary>
/// Folds the agent's events into its negotiations, each event once and in order, and hands over what the user has not
/// seen. Negotiations that have ended are let go of. Only the link's receiver calls <see cref="Take(EventNotice)"/>.
/// </summary>
internal sealed class NegotiationBook(NegotiationContext context, int bufferedMax, bool keepsEvents) : IEventSink
{
    private const int EndedRememberedMax = 4_096;

    private readonly ConcurrentDictionary<NegotiationId, Negotiation> _live = new();
    private readonly ConcurrentDictionary<MessageId, TaskCompletionSource<Negotiation>> _expected = new();
    private readonly ConcurrentDictionary<NegotiationId, TaskCompletionSource<Negotiation>> _chosen = new();
    private readonly RecentlyEnded _ended = new(EndedRememberedMax);
    private readonly Channel<Negotiation> _invitations = NewChannel<Negotiation>();
    private readonly Channel<MarketEvent> _events = NewChannel<MarketEvent>();
    private readonly Channel<MarketNotice> _notices = Channel.CreateBounded<MarketNotice>(
        new BoundedChannelOptions(bufferedMax) { SingleWriter = true, FullMode = BoundedChannelFullMode.DropOldest });
    private MarketId _market;
    private AgentNumber _agent;
    private StoredCursor? _seenUpTo;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> ResumeAfter { get; private set; }

    /// <inheritdoc/>
    public bool HasRoom => _invitations.Reader.Count < bufferedMax && _events.Reader.Count < bufferedMax;

    /// <summary>
    /// The latest events that are no negotiation's and that the user has not read. Who never reads them keeps no
    /// others from coming: then the oldest are dropped.
    /// </summary>
    public ChannelReader<MarketNotice> Notices => _notices.Reader;

    /// <summary>What happens in the tenders that somebody waits for.</summary>
    public TenderWatch Tenders { get; } = new();

    /// <summary>Negotiations that others have opened with this agent.</summary>
    public ChannelReader<Negotiation> Invitations => _invitations.Reader;

    /// <summary>Events that the user has not read.</summary>
    public ChannelReader<MarketEvent> Events => _events.Reader;

    /// <summary>Negotiations that have not ended.</summary>
    public IReadOnlyCollection<Negotiation> Live => [.. _live.Values];

    /// <summary>The last event that the user has read in an earlier process; set before the link starts.</summary>
    public void SkipTo(StoredCursor cursor) => _seenUpTo = cursor;

    /// <inheritdoc/>
    /// <exception cref="MarketConnectionException">The place of an earlier process is another market's or
    /// agent's.</exception>
    public void Begin(MarketId market, Agent agent)
    {
        (_market, _agent) = (market, agent.Number);
        Instruments.Watch(this, () => _events.Reader.Count + _invitations.Reader.Count);
        if (_seenUpTo is { } seen && (seen.Market != market || seen.Agent != agent.Number))
        {
            throw new MarketConnectionException(
                $"The stored cursor is of {seen.Agent} in {seen.Market}; this is {agent.Number} in {market}. "
                + "Give every agent of every market a cursor store of its own.")
            { IsFinal = true };
        }
    }

    /// <summary>
    /// The negotiation that an act is about to open, when it is there. Asked before the act is sent, since the event
    /// may
    /// come before the answer.
    /// </summary>
    public Task<Negotiation> Expect(MessageId opening)
    {
        var negotiation = new TaskCompletionSource<Negotiation>(TaskCreationOptions.RunContinuationsAsynchronously);
        _expected[opening] = negotiation;
        return negotiation.Task;
    }

    /// <summary>Expects it no longer: the act was refused, or nobody waits.</summary>
    public void Forget(MessageId opening) => _expected.TryRemove(opening, out _);

    /// <summary>
    /// The negotiation that the choice of a bid is about to open, in the bidder's name, when it is there. It is handed
    /// to who waits here and not as another's opening.
    /// </summary>
    public Task<Negotiation> Expect(NegotiationId chosen) => _chosen.GetOrAdd(
        chosen, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Expects it no longer.</summary>
    public void Forget(NegotiationId chosen) => _chosen.TryRemove(chosen, out _);

    /// <inheritdoc/>
    public EventStep Take(EventNotice notice)
    {
        if (!HasRoom)
        {
            return EventStep.Full;
        }

        var id = notice.Event.Negotiation;
        var isKnown = _live.TryGetValue(id, out var negotiation);
        var lastSeq = negotiation?.FoldedSeq ?? 0;
        if ((isKnown && notice.Seq <= lastSeq) || (!isKnown && _ended.Includes(id, notice.Seq)))
        {
            ResumeAfter = notice.Cursor;
            return EventStep.Taken;
        }

        if (notice.Seq != lastSeq + 1)
        {
            return EventStep.Gap;
        }

        negotiation ??= new Negotiation(context, _market, _agent);
        negotiation.Fold(notice.Event);
        ResumeAfter = notice.Cursor;
        Hand(negotiation, notice);
        Keep(negotiation);
        return EventStep.Taken;
    }

    /// <inheritdoc/>
    public EventStep Take(AgentNotice notice)
    {
        ResumeAfter = notice.Cursor;
        context.Approvals.Take(notice.Event);
        Tenders.Take(notice.Event);
        if (_seenUpTo is not { } seen)
        {
            _notices.Writer.TryWrite(new MarketNotice(notice.Event));
        }
        else if (seen.Cursor.Span.SequenceEqual(notice.Cursor.Span))
        {
            CatchUp(last: null);
        }

        return EventStep.Taken;
    }

    /// <inheritdoc/>
    public void End(Exception reason)
    {
        Instruments.Unwatch(this);
        context.Approvals.End(reason);
        _notices.Writer.TryComplete(reason is ObjectDisposedException ? null : reason);
        _invitations.Writer.TryComplete(reason is ObjectDisposedException ? null : reason);
        _events.Writer.TryComplete(reason is ObjectDisposedException ? null : reason);
        foreach (var negotiation in _live.Values)
        {
            negotiation.End(reason);
        }

        foreach (var expected in _expected.Values.Concat(_chosen.Values))
        {
            expected.TrySetException(reason);
        }

        Tenders.End(reason);
    }

    // Bounded by HasRoom: what has been taken must always find a place.
    private static Channel<T> NewChannel<T>() =>
        Channel.CreateUnbounded<T>(new UnboundedChannelOptions { SingleWriter = true });

    private void Hand(Negotiation negotiation, EventNotice notice)
    {
        if (OpeningOf(notice.Event) is { } opening && _expected.TryRemove(opening, out var expected))
        {
            expected.TrySetResult(negotiation);
        }

        var wasChosen = notice.Seq == 1 && _chosen.TryGetValue(negotiation.Id, out var chosen)
            && chosen.TrySetResult(negotiation);
        if (_seenUpTo is { } seen)
        {
            if (seen.Cursor.Span.SequenceEqual(notice.Cursor.Span))
            {
                CatchUp(negotiation);
            }

            return;
        }

        if (notice.Seq == 1 && negotiation.WasOpenedByOther && !wasChosen)
        {
            _invitations.Writer.TryWrite(negotiation);
        }

        if (keepsEvents)
        {
            _events.Writer.TryWrite(new MarketEvent(negotiation, notice.Seq, notice.Event) { Cursor = notice.Cursor });
        }
    }

    /// <summary>
    /// The last event that an earlier process handed over: what is live now is given to this one to go on with.
    /// </summary>
    private void CatchUp(Negotiation? last)
    {
        _seenUpTo = null;
        var live = last is null ? _live.Values : _live.Values.Append(last).Distinct();
        foreach (var negotiation in live.OrderBy(static n => n.Id.Value))
        {
            if (negotiation.WasOpenedByOther && !negotiation.State.HasEnded)
            {
                _invitations.Writer.TryWrite(negotiation);
            }
        }
    }

    private void Keep(Negotiation negotiation)
    {
        if (!negotiation.State.HasEnded)
        {
            _live.TryAdd(negotiation.Id, negotiation);
        }
        else
        {
            _live.TryRemove(negotiation.Id, out _);
            _ended.Add(negotiation.Id, negotiation.FoldedSeq);
        }
    }

    private static MessageId? OpeningOf(NegotiationEvent @event) => @event switch
    {
        NegotiationOpened opened => opened.Act?.Message,
        PostedPriceTaken taken => taken.Act?.Message,
        _ => null,
    };
}
