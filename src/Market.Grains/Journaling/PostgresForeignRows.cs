using System.Diagnostics;
using Npgsql;

namespace Market.Grains.Journaling;

/// <summary>
/// Reads other silos' rows for the observers of this one; called from the publisher's thread alone. A process whose
/// permit others have ended gets none: whatever an answer of it would rest on was written after its death.
/// </summary>
/// <param name="source">The database.</param>
/// <param name="permit">The process's permit to append.</param>
/// <param name="permitIsMissing">Has whoever holds that permit find out whether it was ended; must not block.</param>
internal sealed class PostgresForeignRows(PostgresSource source, Func<long> permit, Action<long> permitIsMissing)
    : IForeignRows
{
    private const int RowsAtOnce = 4_096;

    private readonly List<PendingAppend> _rows = [];

    public PendingAppend[] Read(long afterPosition, long upToPosition)
    {
        var until = Stopwatch.GetTimestamp() + (long)(source.Options.ReconnectWait.TotalSeconds * Stopwatch.Frequency);
        for (var pause = TimeSpan.FromMilliseconds(20); ; pause *= pause.TotalMilliseconds < 500 ? 2 : 1)
        {
            try
            {
                var held = permit();
                if (ReadOnce(afterPosition, upToPosition, held) is { } rows)
                {
                    return rows;
                }

                // It has been exchanged for another one, or others have ended it.
                permitIsMissing(held);
                if (Stopwatch.GetTimestamp() >= until || !source.MayWait(pause))
                {
                    throw new StoreEndedException(source.Address, "its permit to append has ended");
                }
            }
            catch (Exception error) when (PostgresErrors.IsOfStorage(error))
            {
                // The publisher's own thread may wait: what comes next rests on these rows.
                if (PostgresErrors.IsRefusal(error) || Stopwatch.GetTimestamp() >= until || !source.MayWait(pause))
                {
                    throw PostgresErrors.OfOperation("Reading other silos' entries", error);
                }
            }
        }
    }

    /// <summary>Null where there is no such permit.</summary>
    private PendingAppend[]? ReadOnce(long afterPosition, long upToPosition, long held)
    {
        _rows.Clear();
        using var connection = source.Lend();
        using var query = new NpgsqlCommand(
            $"""
            SELECT {PostgresRows.Columns}, s.kind, s.key FROM market.event e
            CROSS JOIN LATERAL (SELECT kind, key FROM market.stream WHERE number = e.stream LIMIT 1) s
            WHERE e.position > $1 AND e.position <= $2 AND EXISTS (SELECT FROM market.permit WHERE number = $4)
            ORDER BY e.position LIMIT $3
            """,
            connection)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = afterPosition },
                new NpgsqlParameter<long> { TypedValue = upToPosition },
                new NpgsqlParameter<int> { TypedValue = RowsAtOnce },
                new NpgsqlParameter<long> { TypedValue = held },
            },
        };
        using (var reader = query.ExecuteReader())
        {
            for (var expected = afterPosition + 1; reader.Read(); expected++)
            {
                var row = PostgresRows.ReadRow(reader);
                if (row.Position != expected)
                {
                    break;
                }

                _rows.Add(new ForeignAppend(PostgresRows.ReadGrain(reader, 10, 11), row));
            }
        }

        return _rows.Count > 0 ? [.. _rows]
            : !IsThere(connection, held) ? null
            : throw new StoreDamagedException(source.Address.Text, $"it has no entry {afterPosition + 1}");
    }

    private static bool IsThere(NpgsqlConnection connection, long permit)
    {
        using var ask = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM market.permit WHERE number = $1)", connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = permit } },
        };
        return (bool)ask.ExecuteScalar()!;
    }
}
