using Market.Grains.Hosting;
using Npgsql;
using NpgsqlTypes;

namespace Market.Grains.Journaling;

/// <summary>
/// Finds streams by the identities of their grains. A statement asks for all that were wanted while the one before was
/// under way: a lone one waits for nobody, and where many grains come into being at once, hundreds share a round trip.
/// </summary>
internal sealed class PostgresStreamFinder(PostgresReads database)
{
    /// <summary>Most streams that one statement asks for.</summary>
    internal const int AtOnceMax = 512;

    /// <summary>Statements under way; a second one keeps the server busy while one's answer is read.</summary>
    private const int StatementsMax = 2;

    private readonly Lock _gate = new();
    private readonly Queue<Wanted> _wanted = new();
    private int _statements;

    /// <summary>A stream at its last row; null where it has none.</summary>
    /// <exception cref="StoreException">The server refused, or was away for too long.</exception>
    public Task<StreamHead?> FindAsync(GrainId grain, CancellationToken cancellationToken)
    {
        var wanted = new Wanted(grain);
        lock (_gate)
        {
            _wanted.Enqueue(wanted);
            if (_statements < StatementsMax)
            {
                _statements++;
                _ = AskWhileWantedAsync();
            }
        }

        return wanted.Task.WaitAsync(cancellationToken);
    }

    private async Task AskWhileWantedAsync()
    {
        while (TryTake(out var some))
        {
            try
            {
                // Whoever no longer wants one does not end it for the others.
                await database.RunAsync("Opening a stream", some, FindAsync, CancellationToken.None)
                    .ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever it is, those who wait must hear of it.
            catch (Exception error)
#pragma warning restore CA1031
            {
                some.ForEach(wanted => wanted.TrySetException(error));
            }
        }
    }

    private bool TryTake(out List<Wanted> some)
    {
        some = [];
        lock (_gate)
        {
            while (some.Count < AtOnceMax && _wanted.TryDequeue(out var wanted))
            {
                some.Add(wanted);
            }

            _statements -= some.Count == 0 ? 1 : 0;
        }

        return some.Count > 0;
    }

    private static async ValueTask<bool> FindAsync(
        NpgsqlConnection connection, List<Wanted> some, CancellationToken cancellationToken)
    {
        // Each is looked up by itself: of a join the planner makes what it pleases, by statistics of a while ago.
        await using var query = new NpgsqlCommand(
            """
            SELECT q.ordinal, s.number, e.version, e.writer
            FROM unnest($1, $2) WITH ORDINALITY AS q(kind, key, ordinal)
            CROSS JOIN LATERAL (SELECT number FROM market.stream WHERE kind = q.kind AND key = q.key LIMIT 1) s
            CROSS JOIN LATERAL (
                SELECT version, writer FROM market.event WHERE stream = s.number ORDER BY version DESC LIMIT 1) e
            """,
            connection)
        {
            Parameters =
            {
                Array(NpgsqlDbType.Smallint, some.ConvertAll(static wanted => (short)wanted.Grain.Kind)),
                Array(NpgsqlDbType.Uuid, some.ConvertAll(static wanted => wanted.Grain.Key)),
            },
        };
        var heads = new StreamHead?[some.Count];
        await using (var reader = await query.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                heads[(int)reader.GetInt64(0) - 1] =
                    new StreamHead(reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
            }
        }

        for (var i = 0; i < heads.Length; i++)
        {
            some[i].TrySetResult(heads[i]);
        }

        return true;
    }

    private static NpgsqlParameter<List<T>> Array<T>(NpgsqlDbType of, List<T> values) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | of, TypedValue = values };

    private sealed class Wanted(GrainId grain)
        : TaskCompletionSource<StreamHead?>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public GrainId Grain => grain;
    }
}
