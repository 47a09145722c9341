using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;

namespace Market.Grains.Journaling;

/// <summary>
/// One connection and its permit to append, a random number that the database knows. When the connection is lost in the
/// middle of an append, the next one ends that permit; after that what is there is all that ever will be.
/// </summary>
internal sealed class PostgresAppender : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly PostgresDraft _draft;
    private readonly NpgsqlCommand _append;

    private PostgresAppender(NpgsqlConnection connection, PostgresDraft draft, long permit, long head)
    {
        _connection = connection;
        _draft = draft;
        Permit = permit;
        Head = head;
        _append = draft.AppendOn(connection, permit);
        _append.Prepare();
    }

    /// <summary>The permit.</summary>
    public long Permit { get; }

    /// <summary>Position of the last row when it began.</summary>
    public long Head { get; }

    /// <summary>Connects, says that the market is in use, and takes a permit.</summary>
    /// <param name="source">The database.</param>
    /// <param name="draft">Where the rows will be.</param>
    /// <param name="inDoubt">
    /// Permits that the process may still have, and with which an append may be under way; they are ended. The new one
    /// is among them from before it is asked for, since the answer may be lost too.
    /// </param>
    /// <param name="silo">The process's name in its cluster; null before it has joined one.</param>
    /// <exception cref="StoreInUseException">It is being copied, or is to be and a market runs on it.</exception>
    public static PostgresAppender Begin(
        PostgresSource source, PostgresDraft draft, List<long> inDoubt, string? silo)
    {
        var connection = source.Open();
        try
        {
            TakeUse(connection, source);
            var permit = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
            using var take = new NpgsqlCommand("SELECT market.take_permit($1, $2, $3, $4)", connection)
            {
                Parameters =
                {
                    new NpgsqlParameter<long[]> { TypedValue = [.. inDoubt] },
                    new NpgsqlParameter<long> { TypedValue = permit },
                    Text(source.Options.Use?.OfPermits),
                    Text(silo),
                },
            };
            inDoubt.Add(permit);
            return new PostgresAppender(connection, draft, permit, (long)take.ExecuteScalar()!);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Appends the draft's rows that follow, and commits.</summary>
    public BatchResult Append(Span<AppendOutcome> outcomes)
    {
        long first;
        long[]? accepted;
        using (var answer = _append.ExecuteReader())
        {
            answer.Read();
            first = answer.GetInt64(0);
            accepted = answer.IsDBNull(1) ? null : answer.GetFieldValue<long[]>(1);

            // The row is sent before the commit; only what comes after it says that the commit has been done.
            while (answer.NextResult())
            {
            }
        }

        outcomes.Fill(accepted is null ? AppendOutcome.Appended : AppendOutcome.Conflict);
        foreach (var ordinal in accepted ?? [])
        {
            outcomes[(int)ordinal - 1] = AppendOutcome.Appended;
        }

        return new BatchResult(first, null);
    }

    /// <summary>
    /// Whether the draft's rows, sent with a permit that was ended since, are there. They were sent in one transaction:
    /// with one of them there, those that are not had conflicted.
    /// </summary>
    public bool TryFind(Span<AppendOutcome> outcomes, out BatchResult result)
    {
        using var find = _draft.FindOn(_connection);
        using var answer = find.ExecuteReader();
        outcomes.Fill(AppendOutcome.Conflict);
        result = default;
        for (var last = 0L; answer.Read();)
        {
            var position = answer.GetInt64(1);
            if (position == last)
            {
                continue; // the same row queued twice: the second had conflicted
            }

            result = last == 0 ? new BatchResult(position, null) : result;
            last = position;
            outcomes[(int)answer.GetInt64(0) - 1] = AppendOutcome.Appended;
        }

        return result.FirstPosition != 0;
    }

    /// <summary>Gives the permit back; for an orderly end.</summary>
    public void End()
    {
        using var end = new NpgsqlCommand("DELETE FROM market.permit WHERE number = $1", _connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = Permit } },
        };
        end.ExecuteNonQuery();
    }

    /// <summary>Lets the connection go.</summary>
    public void Dispose()
    {
        _append.Dispose();
        _connection.Dispose();
    }

    private static NpgsqlParameter Text(string? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };

    private static void TakeUse(NpgsqlConnection connection, PostgresSource source)
    {
        var shared = source.Options.IsForCopying ? "" : "_shared";
        using var take = new NpgsqlCommand(
            string.Create(
                CultureInfo.InvariantCulture,
                $"SELECT pg_try_advisory_lock{shared}({PostgresSchema.LockSpace}, {PostgresSchema.UseLock})"),
            connection);
        if (!(bool)take.ExecuteScalar()!)
        {
            throw new StoreInUseException(
                source.Address,
                source.Options.IsForCopying
                    ? "a market runs on it; stop that first"
                    : "it is being copied to or from, and nothing may change meanwhile; wait for the end");
        }
    }
}
