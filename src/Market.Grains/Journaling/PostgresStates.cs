using Market.Domain;
using Npgsql;
using NpgsqlTypes;

namespace Market.Grains.Journaling;

/// <summary>
/// Snapshots and projections: what can be made again from the journal, kept so that it need not be.
/// </summary>
internal sealed class PostgresStates(PostgresReads database)
{
    /// <summary>Saves a snapshot, all of it or nothing.</summary>
    public async ValueTask SaveAsync(Snapshot snapshot, CancellationToken cancellationToken) =>
        await database.RunAsync(
            "Saving a snapshot",
            snapshot,
            static async (connection, what, cancellation) =>
            {
                // One batch is one transaction.
                await using var batch = new NpgsqlBatch(connection);
                foreach (var part in what.Parts)
                {
                    batch.BatchCommands.Add(SavePart(what.Stream, part));
                }

                batch.BatchCommands.Add(SaveState(what));
                return await batch.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>The newest sound snapshot of a stream with its sound parts; null where there is none.</summary>
    public ValueTask<Snapshot?> LoadAsync(long stream, CancellationToken cancellationToken) => database.RunAsync(
        "Loading a snapshot",
        stream,
        static async (connection, number, cancellation) =>
            await ReadStateAsync(connection, number, cancellation).ConfigureAwait(false) is { } snapshot &&
            Hash256.Of(snapshot.State.Span) == snapshot.StateHash
                ? snapshot with
                {
                    Parts = await ReadPartsAsync(connection, number, cancellation).ConfigureAwait(false),
                }
                : null,
        cancellationToken);

    /// <summary>Replaces what a projection saved.</summary>
    public async ValueTask SaveAsync(
        string name, long position, ReadOnlyMemory<byte> state, CancellationToken cancellationToken) =>
        await database.RunAsync(
            "Saving a projection",
            (name, position, state),
            static async (connection, what, cancellation) =>
            {
                await using var upsert = new NpgsqlCommand(
                    """
                    INSERT INTO market.projection (name, position, state) VALUES ($1, $2, $3)
                    ON CONFLICT (name) DO UPDATE SET position = excluded.position, state = excluded.state
                    """,
                    connection)
                {
                    Parameters =
                    {
                        new NpgsqlParameter<string> { TypedValue = what.name },
                        new NpgsqlParameter<long> { TypedValue = what.position },
                        Bytes(what.state),
                    },
                };
                return await upsert.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>What a projection saved last.</summary>
    public ValueTask<(long Position, ReadOnlyMemory<byte> State)> LoadAsync(
        string name, CancellationToken cancellationToken) => database.RunAsync(
        "Loading a projection",
        name,
        static async (connection, key, cancellation) =>
        {
            await using var query = new NpgsqlCommand(
                "SELECT position, state FROM market.projection WHERE name = $1", connection)
            {
                Parameters = { new NpgsqlParameter<string> { TypedValue = key } },
            };
            await using var reader = await query.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            return await reader.ReadAsync(cancellation).ConfigureAwait(false)
                ? (reader.GetInt64(0), new ReadOnlyMemory<byte>(reader.GetFieldValue<byte[]>(1)))
                : default;
        },
        cancellationToken);

    private static NpgsqlBatchCommand SavePart(long stream, SnapshotPart part) => new(
        """
        INSERT INTO market.snapshot_part (stream, number, hash, bytes) VALUES ($1, $2, $3, $4)
        ON CONFLICT (stream, number) DO UPDATE SET hash = excluded.hash, bytes = excluded.bytes
        """)
    {
        Parameters =
        {
            new NpgsqlParameter<long> { TypedValue = stream },
            new NpgsqlParameter<int> { TypedValue = part.Number },
            Bytes(part.Hash.ToArray()),
            Bytes(part.Bytes),
        },
    };

    private static NpgsqlBatchCommand SaveState(Snapshot snapshot) => new(
        """
        INSERT INTO market.snapshot (stream, version, format, state_hash, state) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (stream) DO UPDATE SET version = excluded.version, format = excluded.format,
            state_hash = excluded.state_hash, state = excluded.state
        WHERE excluded.version >= snapshot.version
        """)
    {
        Parameters =
        {
            new NpgsqlParameter<long> { TypedValue = snapshot.Stream },
            new NpgsqlParameter<long> { TypedValue = snapshot.Version },
            new NpgsqlParameter<int> { TypedValue = snapshot.Format },
            Bytes(snapshot.StateHash.ToArray()),
            Bytes(snapshot.State),
        },
    };

    private static NpgsqlParameter<ReadOnlyMemory<byte>> Bytes(ReadOnlyMemory<byte> bytes) =>
        new() { NpgsqlDbType = NpgsqlDbType.Bytea, TypedValue = bytes };

    private static async Task<Snapshot?> ReadStateAsync(
        NpgsqlConnection connection, long stream, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand(
            "SELECT version, format, state_hash, state FROM market.snapshot WHERE stream = $1", connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = stream } },
        };
        await using var reader = await query.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? new Snapshot(
                stream,
                reader.GetInt64(0),
                reader.GetInt32(1),
                PostgresRows.HashOf(reader.GetFieldValue<byte[]>(2)),
                reader.GetFieldValue<byte[]>(3))
            : null;
    }

    private static async Task<ValueArray<SnapshotPart>> ReadPartsAsync(
        NpgsqlConnection connection, long stream, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand(
            "SELECT number, hash, bytes FROM market.snapshot_part WHERE stream = $1 ORDER BY number", connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = stream } },
        };
        await using var reader = await query.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var parts = new List<SnapshotPart>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var hash = PostgresRows.HashOf(reader.GetFieldValue<byte[]>(1));
            var bytes = reader.GetFieldValue<byte[]>(2);
            if (reader.GetInt32(0) != parts.Count || Hash256.Of(bytes) != hash)
            {
                break;
            }

            parts.Add(new SnapshotPart(parts.Count, hash, bytes));
        }

        return parts.ToValueArray();
    }
}
