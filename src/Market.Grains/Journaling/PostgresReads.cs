using System.Diagnostics;
using Market.Grains.Hosting;
using Npgsql;

namespace Market.Grains.Journaling;

/// <summary>
/// Reads, and other work that may be done again, on connections of the pool. Work whose connection was lost is done
/// again on another, for as long as the options say.
/// </summary>
internal sealed class PostgresReads(PostgresSource source)
{
    /// <summary>Does some work on a connection.</summary>
    /// <exception cref="StoreException">The server refused, or was away for too long.</exception>
    public async ValueTask<TResult> RunAsync<TState, TResult>(
        string operation,
        TState state,
        Func<NpgsqlConnection, TState, CancellationToken, ValueTask<TResult>> work,
        CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        for (var pause = TimeSpan.FromMilliseconds(20); ; pause *= pause.TotalMilliseconds < 500 ? 2 : 1)
        {
            try
            {
                await using var connection = await source.LendAsync(cancellationToken).ConfigureAwait(false);
                return await work(connection, state, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (PostgresErrors.IsOfStorage(error))
            {
                if (PostgresErrors.IsRefusal(error) || watch.Elapsed >= source.Options.ReconnectWait)
                {
                    throw PostgresErrors.OfOperation(operation, error);
                }

                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Rows of one stream.</summary>
    public ValueTask<IReadOnlyList<JournalRow>> ReadStreamAsync(
        long stream, long afterVersion, int max, CancellationToken cancellationToken) => ReadRowsAsync(
        $"SELECT {PostgresRows.Columns} FROM market.event e " +
        "WHERE e.version > $1 AND e.stream = $3 ORDER BY e.version LIMIT $2",
        [afterVersion, max, stream],
        cancellationToken);

    /// <summary>Rows of all streams.</summary>
    public ValueTask<IReadOnlyList<JournalRow>> ReadForwardAsync(
        long afterPosition, int max, CancellationToken cancellationToken) => ReadRowsAsync(
        $"SELECT {PostgresRows.Columns} FROM market.event e " +
        "WHERE e.position > $1 ORDER BY e.position LIMIT $2",
        [afterPosition, max],
        cancellationToken);

    /// <summary>The identity of a stream.</summary>
    public ValueTask<GrainId?> FindStreamAsync(long stream, CancellationToken cancellationToken) => RunAsync(
        "Finding a stream",
        stream,
        static async (connection, number, cancellation) =>
        {
            await using var query = new NpgsqlCommand(
                "SELECT kind, key FROM market.stream WHERE number = $1", connection)
            {
                Parameters = { new NpgsqlParameter<long> { TypedValue = number } },
            };
            await using var reader = await query.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            return await reader.ReadAsync(cancellation).ConfigureAwait(false)
                ? PostgresRows.ReadGrain(reader, 0, 1)
                : (GrainId?)null;
        },
        cancellationToken);

    /// <summary>A block of numbers for new streams that nobody else gets; its first one.</summary>
    public ValueTask<long> ReserveStreamsAsync(CancellationToken cancellationToken) => RunAsync(
        "Reserving numbers of streams",
        0,
        static async (connection, _, cancellation) =>
        {
            await using var next = new NpgsqlCommand("SELECT nextval('market.stream_number')", connection);
            return (long)(await next.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
        },
        cancellationToken);

    /// <summary>Makes the numbers go on after one that is taken, for <see cref="RunAsync"/>.</summary>
    public static async ValueTask<long> SkipStreamsAsync(
        NpgsqlConnection connection, long last, CancellationToken cancellationToken)
    {
        await using var set = new NpgsqlCommand("SELECT setval('market.stream_number', $1, false)", connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = last + 1 } },
        };
        return (long)(await set.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    private ValueTask<IReadOnlyList<JournalRow>> ReadRowsAsync(
        string sql, long[] arguments, CancellationToken cancellationToken) => RunAsync(
        "Reading the journal",
        (sql, arguments),
        static async (connection, what, cancellation) =>
        {
            await using var query = new NpgsqlCommand(what.sql, connection);
            foreach (var argument in what.arguments)
            {
                query.Parameters.Add(new NpgsqlParameter<long> { TypedValue = argument });
            }

            await using var reader = await query.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            var rows = new List<JournalRow>();
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                rows.Add(PostgresRows.ReadRow(reader));
            }

            return (IReadOnlyList<JournalRow>)rows;
        },
        cancellationToken);
}
