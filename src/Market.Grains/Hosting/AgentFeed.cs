using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Market.Domain;
using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>
/// An agent's events out of the one journal. A subscriber that keeps up is fed from a bounded queue of its own. One
/// that does not, or that comes back after a while, pulls: the latest rows from memory, older ones from the journal,
/// block by block. It then goes live again, and no other subscriber notices.
/// </summary>
public sealed partial class AgentFeed : ICommitObserver, IAsyncDisposable
{
    private const int RowsAtOnce = 512;

    private readonly IJournal _journal;
    private readonly int _queuedRowsMax;
    private readonly AgentFeedRing _recent;
    private readonly AgentFeedIndexer _indexer;
    private readonly AgentFeedBlocks _blocks;
    private readonly AgentFeedGroups _groups;
    private readonly Lock _gate = new();
    private readonly Dictionary<AgentNumber, List<Channel<JournalRow>>> _live = [];
    private long _position;
    private bool _isClosed;

    private AgentFeed(IJournal journal, AgentFeedOptions options)
    {
        _journal = journal;
        _queuedRowsMax = options.QueuedRowsMax;
        _recent = new AgentFeedRing(options.RecentRowsMax);
        _groups = new AgentFeedGroups(journal, options.GroupMembersMax);
        _blocks = new AgentFeedBlocks(journal, _groups);
        _indexer = new AgentFeedIndexer(journal, _blocks, _recent);
    }

    /// <summary>Subscribers that are fed as rows become durable; the others are catching up.</summary>
    public int LiveCount
    {
        get
        {
            lock (_gate)
            {
                return _live.Sum(queues => queues.Value.Count);
            }
        }
    }

    /// <summary>
    /// Why older rows are not being indexed just now, which makes catching up slower; null when they are.
    /// </summary>
    public Exception? IndexError => _indexer.Error;

    /// <summary>Makes a feed that follows a journal from now on.</summary>
    public static AgentFeed Start(IJournal journal, AgentFeedOptions? options = null)
    {
        var feed = new AgentFeed(journal, options ?? new AgentFeedOptions());
        journal.Observe(feed);
        lock (feed._gate)
        {
            // Rows of a group that is just being announced are durable already; they are read, and skipped when they
            // come.
            feed._position = Math.Max(feed._position, journal.Head);
            feed._indexer.Announce(feed._position);
        }

        return feed;
    }

    /// <summary>
    /// The rows that an agent may see after a position, in order and without a gap, until it is cancelled or the feed
    /// ends.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The agent is nobody, or the position is after the journal's last.
    /// </exception>
    /// <exception cref="StoreException">The journal could not be read.</exception>
    public IAsyncEnumerable<JournalRow> SubscribeAsync(
        AgentNumber agent, long afterPosition, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(agent, AgentNumber.None);
        ArgumentOutOfRangeException.ThrowIfNegative(afterPosition);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(afterPosition, _journal.Head);
        return FollowAsync(agent, afterPosition + 1, cancellationToken);
    }

    /// <inheritdoc/>
    public void OnCommitted(ReadOnlySpan<PendingAppend> appends)
    {
        lock (_gate)
        {
            if (_position != 0 && appends[0].Row.Position > _position + 1)
            {
                EndLive(); // rows of another writer lie between: everyone reads them from the journal
            }

            foreach (var append in appends)
            {
                var row = append.Row;
                _recent.Put(row);
                Offer(row, _groups.Follow(row));
            }

            _position = Math.Max(_position, appends[^1].Row.Position);
            _indexer.Announce(_position);
        }
    }

    /// <summary>Ends every subscription; who enumerates one gets its queued rows and then its end.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            EndLive();
        }

        await _indexer.DisposeAsync().ConfigureAwait(false);
    }

    private async IAsyncEnumerable<JournalRow> FollowAsync(
        AgentNumber agent, long next, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            // One that is far behind has no queue: it would overflow long before it was read.
            for (var behind = ReadPosition(); behind - next >= _recent.Length / 2; behind = ReadPosition())
            {
                var (rows, after) = await ReadAsync(agent, next, behind, cancellationToken).ConfigureAwait(false);
                next = after;
                foreach (var row in rows)
                {
                    yield return row;
                }
            }

            if (!TryGoLive(agent, out var queue, out var position))
            {
                yield break;
            }

            try
            {
                while (next <= position)
                {
                    var (rows, after) =
                        await ReadAsync(agent, next, position, cancellationToken).ConfigureAwait(false);
                    next = after;
                    foreach (var row in rows)
                    {
                        yield return row;
                    }
                }

                while (await queue.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    while (queue.Reader.TryRead(out var row))
                    {
                        if (row.Position >= next)
                        {
                            next = row.Position + 1;
                            yield return row;
                        }
                    }
                }
            }
            finally
            {
                Leave(agent, queue);
            }
        }
    }

    private long ReadPosition()
    {
        lock (_gate)
        {
            return _position;
        }
    }

    /// <summary>
    /// Queues whatever is announced from here on; what was announced before is up to <paramref name="position"/>.
    /// </summary>
    private bool TryGoLive(AgentNumber agent, out Channel<JournalRow> queue, out long position)
    {
        queue = Channel.CreateBounded<JournalRow>(
            new BoundedChannelOptions(_queuedRowsMax) { SingleReader = true, SingleWriter = true });
        lock (_gate)
        {
            position = _position;
            if (_isClosed)
            {
                return false;
            }

            if (!_live.TryGetValue(agent, out var queues))
            {
                _live.Add(agent, queues = []);
            }

            queues.Add(queue);
            return true;
        }
    }

    private void Leave(AgentNumber agent, Channel<JournalRow> queue)
    {
        lock (_gate)
        {
            if (_live.TryGetValue(agent, out var queues) && queues.Remove(queue) && queues.Count == 0)
            {
                _live.Remove(agent);
            }
        }
    }

    private void Offer(JournalRow row, IReadOnlyCollection<AgentNumber>? group)
    {
        if (group is not null)
        {
            foreach (var member in group)
            {
                Offer(member, row);
            }
        }
        else if (row.Audience.IsWholeGroup)
        {
            EndLive(); // a group from before a restart: everyone reads on, and finds there who belongs to it
        }
        else
        {
            Offer(row.Audience.First, row);
            if (row.Audience.Second != row.Audience.First)
            {
                Offer(row.Audience.Second, row);
            }
        }
    }

    private void Offer(AgentNumber agent, JournalRow row)
    {
        if (!_live.TryGetValue(agent, out var queues))
        {
            return;
        }

        for (var i = queues.Count - 1; i >= 0; i--)
        {
            if (!queues[i].Writer.TryWrite(row))
            {
                // Full: its subscriber takes what is queued, and then reads the journal from there.
                queues[i].Writer.Complete();
                queues.RemoveAt(i);
            }
        }

        if (queues.Count == 0)
        {
            _live.Remove(agent);
        }
    }

    private void EndLive()
    {
        foreach (var queue in _live.Values.SelectMany(queues => queues))
        {
            queue.Writer.Complete();
        }

        _live.Clear();
    }

    /// <summary>
    /// Rows for an agent from a position on, some at least of those up to another; and where to go on.
    /// </summary>
    private async ValueTask<(List<JournalRow> Rows, long Next)> ReadAsync(
        AgentNumber agent, long from, long to, CancellationToken cancellationToken)
    {
        var next = from;
        var found = new List<JournalRow>();
        for (; next <= to && next - from < AgentFeedBlocks.Length && _recent.TryGet(next) is { } row; next++)
        {
            await AddAsync(found, row, agent, cancellationToken).ConfigureAwait(false);
        }

        if (next > from)
        {
            return (found, next);
        }

        var block = AgentFeedBlocks.BlockOf(from);
        var end = AgentFeedBlocks.EndOf(block);
        if (end <= to && !await _blocks.MayHoldAsync(block, agent, cancellationToken).ConfigureAwait(false))
        {
            return (found, end + 1);
        }

        var count = (int)Math.Min(RowsAtOnce, to - from + 1);
        var rows = await _journal.ReadForwardAsync(from - 1, count, cancellationToken).ConfigureAwait(false);
        if (rows.Count == 0)
        {
            throw new InvalidOperationException($"The journal has lost its rows from position {from} on.");
        }

        foreach (var row in rows)
        {
            await AddAsync(found, row, agent, cancellationToken).ConfigureAwait(false);
        }

        return (found, rows[^1].Position + 1);
    }

    private async ValueTask AddAsync(
        List<JournalRow> found, JournalRow row, AgentNumber agent, CancellationToken cancellationToken)
    {
        if (row.Audience.IsWholeGroup
            ? await _groups.IncludesAsync(row, agent, cancellationToken).ConfigureAwait(false)
            : row.Audience.Includes(agent))
        {
            found.Add(row);
        }
    }
}
