using Market.Domain;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Grains.Searching;

/// <summary>
/// Makes a page of what a search found: reads the documents, explains each, takes out what is private, and ends the
/// page where a frame is full.
/// </summary>
/// <typeparam name="T">What was searched.</typeparam>
internal sealed record SearchPage<T>(
    ValueArray<T> Items, ValueArray<SearchMatch> Matches, bool HasMore, ReadOnlyMemory<byte> Cursor)
{
    /// <summary>Runs a search and makes its page; null where the cursor is not one of the query's.</summary>
    /// <param name="query">What is asked.</param>
    /// <param name="reader">The documents.</param>
    /// <param name="show">What is shown of one to others.</param>
    /// <param name="explain">Why one was found; null where it was not meant.</param>
    public static async ValueTask<SearchPage<T>?> RunAsync(
        SearchQuery query, ICatalogKindReader reader, Func<T, T> show, Func<T, long, SearchMatch?> explain)
    {
        var cursor = query.Cursor.IsEmpty ? null : SearchCursor.Read(query, query.Cursor.Span);
        if (cursor is null && !query.Cursor.IsEmpty)
        {
            return null;
        }

        var (found, weights) = await SearchRun.RunAsync(query, cursor, reader).ConfigureAwait(false);
        if (weights is null)
        {
            return null;
        }

        var items = new List<T>();
        var matches = new List<SearchMatch>();
        using var bytes = new PageBytes();
        var taken = 0;
        var bodies = await reader.ReadBodiesAsync(
            [.. found.Take(query.CountMax).Select(static one => one.Document)]).ConfigureAwait(false);
        for (; taken < bodies.Count; taken++)
        {
            var item = show(WireFormat.Decode<T>(bodies[taken]));
            if (explain(item, found[taken].Key.Score) is not { } match)
            {
                continue;
            }

            if (!bytes.TryAdd(item, match))
            {
                break;
            }

            items.Add(item);
            matches.Add(match);
        }

        var hasMore = taken < found.Count;
        return new SearchPage<T>(
            items.ToValueArray(),
            matches.ToValueArray(),
            hasMore,
            hasMore ? new SearchCursor(found[taken - 1].Key, weights).ToBytes(query) : default(ReadOnlyMemory<byte>));
    }
}
