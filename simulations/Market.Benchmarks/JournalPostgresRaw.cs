using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace Market.Benchmarks;

/// <summary>
/// The raw limit: the journal's rows in the journal's tables by nothing but the driver, a batch a transaction and a
/// round trip; either as one multi-row INSERT or by binary COPY. Its columns are made before the clock starts.
/// </summary>
internal sealed class JournalPostgresRaw(int writers, int rowsPerStream, int bodyLength, bool isCopy)
{
    private const string InsertEvents =
        """
        INSERT INTO market.event (position, stream, version, writer, previous_writer, due_at, audience_first,
            audience_second, body, hash)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private const string InsertStreams =
        "INSERT INTO market.stream (number, kind, key) SELECT * FROM unnest($1, $2, $3)";

    /// <summary>Inserts rows in transactions of so many; returns rows a second.</summary>
    public async Task<double> MeasureAsync(
        JournalPostgresDatabase database, int rows, int batchRows, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var body = new byte[bodyLength];
        new Random(1).NextBytes(body);
        var batches = new List<Batch>();
        for (var row = 0; row < rows; row += batchRows)
        {
            batches.Add(new Batch(row, Math.Min(rows, row + batchRows), writers, rowsPerStream, body));
        }

        var watch = Stopwatch.StartNew();
        foreach (var batch in batches)
        {
            await (isCopy ? CopyAsync(connection, batch) : InsertAsync(connection, batch));
        }

        return rows / watch.Elapsed.TotalSeconds;
    }

    private static async Task InsertAsync(NpgsqlConnection connection, Batch rows)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (rows.NewStreams.Length > 0)
        {
            batch.BatchCommands.Add(Command(InsertStreams, rows.NewStreams, rows.Kinds, rows.Keys));
        }

        batch.BatchCommands.Add(Command(
            InsertEvents, rows.Positions, rows.Streams, rows.Versions, rows.Writers, rows.PreviousWriters,
            rows.DueTimes, rows.Firsts, rows.Seconds, rows.Bodies, rows.Hashes));
        await batch.PrepareAsync();
        await batch.ExecuteNonQueryAsync();
    }

    private static async Task CopyAsync(NpgsqlConnection connection, Batch rows)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        if (rows.NewStreams.Length > 0)
        {
            await using var streams = new NpgsqlBatch(connection);
            streams.BatchCommands.Add(Command(InsertStreams, rows.NewStreams, rows.Kinds, rows.Keys));
            await streams.PrepareAsync();
            await streams.ExecuteNonQueryAsync();
        }

        await using (var import = await connection.BeginBinaryImportAsync(
            "COPY market.event (position, stream, version, writer, previous_writer, due_at, audience_first, " +
            "audience_second, body, hash) FROM STDIN (FORMAT BINARY)"))
        {
            for (var i = 0; i < rows.Positions.Length; i++)
            {
                await import.StartRowAsync();
                await import.WriteAsync(rows.Positions[i], NpgsqlDbType.Bigint);
                await import.WriteAsync(rows.Streams[i], NpgsqlDbType.Bigint);
                await import.WriteAsync(rows.Versions[i], NpgsqlDbType.Bigint);
                await import.WriteAsync(rows.Writers[i], NpgsqlDbType.Bigint);
                await import.WriteAsync(rows.PreviousWriters[i], NpgsqlDbType.Bigint);
                await import.WriteAsync(rows.DueTimes[i], NpgsqlDbType.Bigint);
                await import.WriteAsync(rows.Firsts[i], NpgsqlDbType.Integer);
                await import.WriteAsync(rows.Seconds[i], NpgsqlDbType.Integer);
                await import.WriteAsync(rows.Bodies[i], NpgsqlDbType.Bytea);
                await import.WriteAsync(rows.Hashes[i], NpgsqlDbType.Bytea);
            }

            await import.CompleteAsync();
        }

        await transaction.CommitAsync();
    }

    private static NpgsqlBatchCommand Command(string sql, params object[] columns)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var column in columns)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = column });
        }

        return command;
    }

    /// <summary>A batch as columns; the writers take turns, and each begins a new stream when one is full.</summary>
    private sealed class Batch
    {
        public Batch(int from, int end, int writers, int rowsPerStream, byte[] body)
        {
            var rows = Enumerable.Range(from, end - from).ToArray();
            Positions = [.. rows.Select(row => row + 1L)];
            Streams = [.. rows.Select(row => ((long)(row / writers / rowsPerStream) * writers) + (row % writers) + 1)];
            Versions = [.. rows.Select(row => (row / writers % rowsPerStream) + 1L)];
            Writers = [.. Streams.Select(stream => long.MaxValue - stream)];
            PreviousWriters = [.. Versions.Zip(Writers, (version, writer) => version == 1 ? 0 : writer)];
            DueTimes = [.. Versions.Select(version => 638_000_000_000_000_000 + version)];
            Firsts = [.. Streams.Select(stream => (int)stream)];
            Seconds = [.. Firsts.Select(first => first + 1)];
            Bodies = [.. rows.Select(_ => body)];
            Hashes = [.. rows.Select(_ => new byte[32])];
            NewStreams = [.. Streams.Where((_, i) => Versions[i] == 1)];
            Kinds = [.. NewStreams.Select(_ => (short)4)];
            Keys = [.. NewStreams.Select(_ => Guid.CreateVersion7())];
        }

        public long[] Positions { get; }

        public long[] Streams { get; }

        public long[] Versions { get; }

        public long[] Writers { get; }

        public long[] PreviousWriters { get; }

        public long[] DueTimes { get; }

        public int[] Firsts { get; }

        public int[] Seconds { get; }

        public byte[][] Bodies { get; }

        public byte[][] Hashes { get; }

        public long[] NewStreams { get; }

        public short[] Kinds { get; }

        public Guid[] Keys { get; }
    }
}
