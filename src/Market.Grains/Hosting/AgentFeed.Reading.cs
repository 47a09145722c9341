using System.Runtime.CompilerServices;
using Market.Domain;
using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <content>Reading what has been, for those who must know when they have read it all.</content>
public sealed partial class AgentFeed
{
    /// <summary>The rows that an agent may see up to a position, in order; then it ends.</summary>
    /// <exception cref="StoreException">The journal could not be read.</exception>
    public async IAsyncEnumerable<JournalRow> ReadToAsync(
        AgentNumber agent, long position, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var next = 1L; next <= position;)
        {
            var (rows, after) = await ReadAsync(agent, next, position, cancellationToken).ConfigureAwait(false);
            next = after;
            foreach (var row in rows)
            {
                yield return row;
            }
        }
    }
}
