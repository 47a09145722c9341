using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using Market.Domain;
using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>
/// For each block of positions the agents who may see a row of it: so that an agent who was long away reads the blocks
/// with news for it and skips the others, and no act writes a second row. Blocks are saved in order, each after all its
/// rows; one that is not there is simply read.
/// </summary>
/// <param name="journal">Where they are saved.</param>
/// <param name="groups">Who belongs to the groups that rows are for.</param>
internal sealed class AgentFeedBlocks(IJournal journal, AgentFeedGroups groups)
{
    /// <summary>Positions in a block.</summary>
    public const int Length = 4_096;

    private const int CachedMax = 256;

    private readonly ConcurrentDictionary<long, int[]> _cache = new();

    /// <summary>The block of a position; block 0 begins at position 1.</summary>
    public static long BlockOf(long position) => (position - 1) / Length;

    /// <summary>The last position of a block.</summary>
    public static long EndOf(long block) => (block + 1) * Length;

    /// <summary>Whether a block may hold a row for an agent; true where nothing is known of it.</summary>
    public async ValueTask<bool> MayHoldAsync(long block, AgentNumber agent, CancellationToken cancellationToken)
    {
        if (!_cache.TryGetValue(block, out var agents))
        {
            agents = await LoadAsync(block, cancellationToken).ConfigureAwait(false);
            if (agents is null)
            {
                return true;
            }

            if (_cache.Count >= CachedMax)
            {
                _cache.Clear();
            }

            _cache[block] = agents;
        }

        return Array.BinarySearch(agents, agent.Value) >= 0;
    }

    /// <summary>The first block that has not been saved.</summary>
    /// <param name="complete">How many blocks are complete; no later one is saved.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async ValueTask<long> FindFirstMissingAsync(long complete, CancellationToken cancellationToken)
    {
        var (low, high) = (0L, complete);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var isSaved = await LoadAsync(middle, cancellationToken).ConfigureAwait(false) is not null;
            (low, high) = isSaved ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Saves a block, whose rows are all given.</summary>
    public async ValueTask SaveAsync(long block, IEnumerable<JournalRow> rows, CancellationToken cancellationToken)
    {
        var agents = new SortedSet<int>();
        foreach (var row in rows)
        {
            if (row.Audience.IsWholeGroup)
            {
                var members = await groups.MembersAsync(row, cancellationToken).ConfigureAwait(false);
                agents.UnionWith(members.Select(member => member.Value));
                continue;
            }

            agents.Add(row.Audience.First.Value);
            if (!row.Audience.IsJoining)
            {
                agents.Add(row.Audience.Second.Value);
            }
        }

        agents.Remove(AgentNumber.None.Value);
        await journal.SaveProjectionAsync(
            NameOf(block), EndOf(block), SealedState.Seal(Encode(agents)), cancellationToken).ConfigureAwait(false);
    }

    private static string NameOf(long block) => string.Create(CultureInfo.InvariantCulture, $"audience/{block}");

    // Ascending numbers as differences of seven bits a byte, the last byte of each with its high bit clear.
    private static ReadOnlySpan<byte> Encode(IEnumerable<int> ascending)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var last = 0;
        foreach (var agent in ascending)
        {
            var difference = (uint)(agent - last);
            last = agent;
            for (; difference > 0x7F; difference >>= 7)
            {
                bytes.Write([(byte)((difference & 0x7F) | 0x80)]);
            }

            bytes.Write([(byte)difference]);
        }

        return bytes.WrittenSpan;
    }

    private static int[] Decode(ReadOnlySpan<byte> bytes)
    {
        var agents = new List<int>();
        uint difference = 0;
        var shift = 0;
        var last = 0;
        foreach (var octet in bytes)
        {
            difference |= (uint)(octet & 0x7F) << shift;
            shift += 7;
            if ((octet & 0x80) == 0)
            {
                agents.Add(last += (int)difference);
                (difference, shift) = (0, 0);
            }
        }

        return [.. agents];
    }

    private async ValueTask<int[]?> LoadAsync(long block, CancellationToken cancellationToken)
    {
        var (position, state) =
            await journal.LoadProjectionAsync(NameOf(block), cancellationToken).ConfigureAwait(false);
        return position == EndOf(block) && SealedState.TryOpen(state.Span, out var agents) ? Decode(agents) : null;
    }
}
