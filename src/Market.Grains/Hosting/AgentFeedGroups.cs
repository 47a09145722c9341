using Market.Domain;
using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>
/// Who belongs to the groups of streams. Rows say who joins; the latest groups are kept in memory as their rows go by,
/// and any other is read from its stream.
/// </summary>
/// <param name="journal">Where the streams are.</param>
/// <param name="membersMax">Members kept in memory, of all groups together.</param>
internal sealed class AgentFeedGroups(IJournal journal, int membersMax)
{
    private const int RowsAtOnce = 1_024;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, Group> _groups = [];
    private readonly Queue<long> _oldest = new();
    private int _memberCount;

    /// <summary>
    /// Takes the next durable row. Returns whom a row for a whole group is for; null for any other row, and where the
    /// group is not in memory.
    /// </summary>
    public IReadOnlyCollection<AgentNumber>? Follow(JournalRow row)
    {
        lock (_gate)
        {
            if (!_groups.TryGetValue(row.Stream, out var group))
            {
                if (row.Version != 1 || !row.Audience.IsJoining)
                {
                    return null;
                }

                Keep(row.Stream, group = new Group());
            }

            if (row.Version > group.Version + 1)
            {
                Drop(row.Stream); // another writer's rows lie between, and somebody may have joined in them
                return null;
            }

            _memberCount += group.Take(row);
            return row.Audience.IsWholeGroup ? group.MembersAt(row.Version) : null;
        }
    }

    /// <summary>Whether a row for a whole group is for an agent too.</summary>
    public async ValueTask<bool> IncludesAsync(JournalRow row, AgentNumber agent, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_groups.TryGetValue(row.Stream, out var kept) && kept.Version >= row.Version)
            {
                return kept.HasAt(agent, row.Version);
            }
        }

        return (await ReadAsync(row, cancellationToken).ConfigureAwait(false)).HasAt(agent, row.Version);
    }

    /// <summary>Whom a row for a whole group is for.</summary>
    public async ValueTask<IReadOnlyCollection<AgentNumber>> MembersAsync(
        JournalRow row, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_groups.TryGetValue(row.Stream, out var kept) && kept.Version >= row.Version)
            {
                return kept.MembersAt(row.Version);
            }
        }

        return (await ReadAsync(row, cancellationToken).ConfigureAwait(false)).MembersAt(row.Version);
    }

    private async ValueTask<Group> ReadAsync(JournalRow upTo, CancellationToken cancellationToken)
    {
        var group = new Group();
        while (group.Version < upTo.Version)
        {
            var rows = await journal.ReadStreamAsync(upTo.Stream, group.Version, RowsAtOnce, cancellationToken)
                .ConfigureAwait(false);
            if (rows.Count == 0)
            {
                throw new InvalidOperationException($"The journal has lost rows of stream {upTo.Stream}.");
            }

            foreach (var row in rows)
            {
                group.Take(row);
            }
        }

        // What is handed back is read without the gate, and so not what later rows change.
        lock (_gate)
        {
            if (!_groups.TryGetValue(upTo.Stream, out var kept) || kept.Version < group.Version)
            {
                Drop(upTo.Stream);
                var copy = group.Copy();
                Keep(upTo.Stream, copy);
                _memberCount += copy.Count;
            }
        }

        return group;
    }

    private void Keep(long stream, Group group)
    {
        while (_memberCount >= membersMax && _oldest.TryDequeue(out var oldest))
        {
            Drop(oldest);
        }

        _groups.Add(stream, group);
        _oldest.Enqueue(stream);
    }

    private void Drop(long stream)
    {
        if (_groups.Remove(stream, out var group))
        {
            _memberCount -= group.Count;
        }
    }

    /// <summary>Who joined, and by which version of the stream; complete up to <see cref="Version"/>.</summary>
    private sealed class Group
    {
        private readonly Dictionary<AgentNumber, long> _joinedAt = [];

        public long Version { get; private set; }

        public int Count => _joinedAt.Count;

        /// <summary>Takes the stream's next row, or one that was taken before; returns how many joined.</summary>
        public int Take(JournalRow row)
        {
            if (row.Version <= Version)
            {
                return 0;
            }

            Version = row.Version;
            return row.Audience.IsJoining && _joinedAt.TryAdd(row.Audience.First, row.Version) ? 1 : 0;
        }

        public bool HasAt(AgentNumber agent, long version) =>
            _joinedAt.TryGetValue(agent, out var joined) && joined <= version;

        public IReadOnlyCollection<AgentNumber> MembersAt(long version) =>
            [.. _joinedAt.Where(member => member.Value <= version).Select(member => member.Key)];

        public Group Copy()
        {
            var copy = new Group { Version = Version };
            foreach (var (agent, version) in _joinedAt)
            {
                copy._joinedAt.Add(agent, version);
            }

            return copy;
        }
    }
}
