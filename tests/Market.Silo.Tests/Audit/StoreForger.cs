using Market.Domain;
using Market.Domain.Auditing;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Microsoft.Data.Sqlite;

namespace Market.Silo.Tests.Audit;

/// <summary>
/// Whoever can write the file: changes a store behind the market's back, with hashes that fit where wanted.
/// </summary>
internal sealed class StoreForger : IDisposable
{
    private const string Columns =
        "position, stream, version, writer, previous_writer, due_at, audience_first, audience_second, body, hash";

    private readonly SqliteConnection _connection;
    private readonly MarketId _market;

    public StoreForger(TestStore store)
    {
        _connection = new SqliteConnection($"Data Source={store.Path};Pooling=False");
        _connection.Open();
        _market = new MarketId(new Guid((byte[])Scalar("SELECT value FROM meta")!, bigEndian: true));
    }

    public void Dispose() => _connection.Dispose();

    public void Execute(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    public object? Scalar(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteScalar();
    }

    public (short Kind, Guid Key) StreamOf(long number) => (
        (short)(long)Scalar("SELECT kind FROM stream WHERE number = ?", number)!,
        new Guid((byte[])Scalar("SELECT key FROM stream WHERE number = ?", number)!, bigEndian: true));

    public List<JournalRow> Rows()
    {
        using var command = Command($"SELECT {Columns} FROM event ORDER BY position");
        using var reader = command.ExecuteReader();
        var rows = new List<JournalRow>();
        while (reader.Read())
        {
            rows.Add(new JournalRow(
                reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4),
                reader.IsDBNull(5) ? null : new LedgerTime(reader.GetInt64(5)),
                new Audience(new AgentNumber(reader.GetInt32(6)), new AgentNumber(reader.GetInt32(7))),
                (byte[])reader[8], Hash256.FromBytes((byte[])reader[9])));
        }

        return rows;
    }

    /// <summary>The row of the first, or of a later, event of a kind.</summary>
    public (JournalRow Row, T Event) Find<T>(int skip = 0) =>
        Rows().Select(static row => (row, WireCatalog.DecodeTagged(row.Body.Span)))
            .Where(static found => found.Item2 is T)
            .Select(static found => (found.row, (T)found.Item2))
            .ElementAt(skip);

    /// <summary>Puts another event in a row's place, and hashes it and whatever is chained to it again.</summary>
    public void Replace(JournalRow row, object @event) => Rewrite(row with { Body = WireCatalog.EncodeTagged(@event) });

    /// <summary>Adds an entry to the end of the ledger that follows from the one before in every column.</summary>
    public JournalRow AppendEntry(Func<LedgerTime, LedgerEvent> entry)
    {
        var rows = Rows();
        var ledger = (long)Scalar("SELECT number FROM stream WHERE kind = 6")!;
        var last = rows.Last(row => row.Stream == ledger);
        var at = ((LedgerEvent)WireCatalog.DecodeTagged(last.Body.Span)).At + TimeSpan.FromSeconds(1);
        var row = last with
        {
            Position = rows[^1].Position + 1,
            Version = last.Version + 1,
            PreviousWriter = last.Writer,
            DueAt = null,
            Body = WireCatalog.EncodeTagged(entry(at)),
        };
        Execute(
            $"INSERT INTO event ({Columns}) VALUES (?,?,?,?,?,NULL,0,0,?,?)",
            row.Position, row.Stream, row.Version, row.Writer, row.PreviousWriter, row.Body.ToArray(), new byte[32]);
        Rewrite(row);
        return row;
    }

    private void Rewrite(JournalRow changed)
    {
        Execute("UPDATE event SET body = ? WHERE position = ?", changed.Body.ToArray(), changed.Position);
        var isLedger = (long)Scalar("SELECT kind FROM stream WHERE number = ?", changed.Stream)! == 6;
        var previous = isLedger ? EntryHash.Genesis(_market) : Hash256.Zero;
        foreach (var row in Rows().Where(row => row.Stream == changed.Stream))
        {
            var hash = RowHash.Of(
                previous, row.Stream, row.Version, row.Writer, row.PreviousWriter, row.DueAt, row.Audience,
                row.Body.Span);
            previous = isLedger ? hash : Hash256.Zero;
            Execute("UPDATE event SET hash = ? WHERE position = ?", hash.ToArray(), row.Position);
        }
    }

    private SqliteCommand Command(string sql, params object?[] values)
    {
        var command = _connection.CreateCommand();
        var places = sql.Split('?');
        command.CommandText = string.Concat(places.Select((part, i) => i == 0 ? part : $"$p{i}{part}"));
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"$p{i + 1}", values[i] ?? DBNull.Value);
        }

        return command;
    }
}
