using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace Market.Grains.Journaling;

/// <summary>
/// One connection's right to append, known to the database by a random number. When the connection is lost in the
/// middle of an append, the next session takes that right away; after that what is there is all that ever will be.
/// </summary>
internal sealed class PostgresSession : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly PostgresDraft _draft;
    private readonly NpgsqlCommand _append;

    private PostgresSession(NpgsqlConnection connection, PostgresDraft draft, long id, long head)
    {
        _connection = connection;
        _draft = draft;
        Id = id;
        Head = head;
        _append = draft.AppendOn(connection, id);
        _append.Prepare();
    }

    /// <summary>Its number.</summary>
    public long Id { get; }

    /// <summary>Position of the last row when it began.</summary>
    public long Head { get; }

    /// <summary>Connects, takes its share of the market's use, and begins.</summary>
    /// <param name="source">The database.</param>
    /// <param name="draft">Where the rows will be.</param>
    /// <param name="inDoubt">Sessions that may still have an append under way; they are ended.</param>
    /// <exception cref="StoreInUseException">Another process has the market alone, or has it and we want it alone.
    /// </exception>
    public static PostgresSession Begin(PostgresSource source, PostgresDraft draft, IReadOnlyList<long> inDoubt)
    {
        var connection = source.Open();
        try
        {
            TakeUse(connection, source);
            var id = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
            using var begin = new NpgsqlCommand("SELECT market.begin_session($1, $2)", connection)
            {
                Parameters =
                {
                    new NpgsqlParameter<long[]> { TypedValue = [.. inDoubt] },
                    new NpgsqlParameter<long> { TypedValue = id },
                },
            };
            return new PostgresSession(connection, draft, id, (long)begin.ExecuteScalar()!);
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
    /// Whether the draft's rows, sent by a session that was ended since, are there. They were sent in one transaction:
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

    /// <summary>Gives its right back; for an orderly end.</summary>
    public void End()
    {
        using var end = new NpgsqlCommand("DELETE FROM market.session WHERE id = $1", _connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = Id } },
        };
        end.ExecuteNonQuery();
    }

    /// <summary>Lets the connection go.</summary>
    public void Dispose()
    {
        _append.Dispose();
        _connection.Dispose();
    }

    private static void TakeUse(NpgsqlConnection connection, PostgresSource source)
    {
        var shared = source.Options.IsExclusive ? "" : "_shared";
        using var take = new NpgsqlCommand(
            string.Create(
                CultureInfo.InvariantCulture,
                $"SELECT pg_try_advisory_lock{shared}({PostgresSchema.LockSpace}, {PostgresSchema.UseLock})"),
            connection);
        if (!(bool)take.ExecuteScalar()!)
        {
            throw new StoreInUseException(
                source.Address,
                source.Options.IsExclusive
                    ? "another process has this market open, and this one needs it alone; stop the other"
                    : "a process that needs this market alone has it open; stop it, or wait for its end");
        }
    }
}
