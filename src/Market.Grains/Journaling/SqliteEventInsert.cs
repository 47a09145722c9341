using System.Text;
using Market.Domain;

namespace Market.Grains.Journaling;

/// <summary>
/// Inserts event rows, several with one statement where there are enough: a statement's start and end cost SQLite as
/// much as a row. OR ROLLBACK because a constraint that fails here fails the whole batch anyway, and then SQLite need
/// not keep the pages as they were before each statement.
/// </summary>
internal sealed class SqliteEventInsert : IDisposable
{
    private const int ColumnsCount = 10;
    private const int RowsAtOnce = 16;

    private readonly SqliteStatement _one;
    private readonly SqliteStatement _many;
    private readonly JournalRow[] _rows = new JournalRow[RowsAtOnce];
    private long _firstPosition;
    private int _count;

    public SqliteEventInsert(SqliteDatabase database)
    {
        _one = database.Prepare(Sql(1));
        _many = database.Prepare(Sql(RowsAtOnce));
    }

    /// <summary>Adds a row; it may be inserted later, at the latest by <see cref="Flush"/>.</summary>
    public void Add(JournalRow row, long position)
    {
        if (_count == 0)
        {
            _firstPosition = position;
        }

        _rows[_count++] = row;
        if (_count == RowsAtOnce)
        {
            for (var i = 0; i < RowsAtOnce; i++)
            {
                Bind(_many, i * ColumnsCount, _rows[i], _firstPosition + i);
            }

            _many.Run();
            _count = 0;
        }
    }

    /// <summary>Inserts the rows that are still waiting.</summary>
    public void Flush()
    {
        for (var i = 0; i < _count; i++)
        {
            Bind(_one, 0, _rows[i], _firstPosition + i);
            _one.Run();
        }

        _count = 0;
    }

    /// <summary>Forgets the rows that are still waiting.</summary>
    public void Discard() => _count = 0;

    public void Dispose()
    {
        _one.Dispose();
        _many.Dispose();
    }

    private static void Bind(SqliteStatement statement, int before, JournalRow row, long position)
    {
        statement.Bind(before + 1, position);
        statement.Bind(before + 2, row.Stream);
        statement.Bind(before + 3, row.Version);
        statement.Bind(before + 4, row.Writer);
        statement.Bind(before + 5, row.PreviousWriter);
        if (row.DueAt is { } due)
        {
            statement.Bind(before + 6, due.Ticks);
        }
        else
        {
            statement.BindNull(before + 6);
        }

        statement.Bind(before + 7, row.Audience.First.Value);
        statement.Bind(before + 8, row.Audience.Second.Value);
        statement.Bind(before + 9, row.Body.Span);
        Span<byte> hash = stackalloc byte[Hash256.Size];
        row.Hash.CopyTo(hash);
        statement.Bind(before + 10, hash);
    }

    private static string Sql(int rows)
    {
        var sql = new StringBuilder(
            "INSERT OR ROLLBACK INTO event (position, stream, version, writer, previous_writer, due_at, " +
            "audience_first, audience_second, body, hash) VALUES ");
        for (var i = 0; i < rows; i++)
        {
            sql.Append(i == 0 ? "" : ",").Append("(?,?,?,?,?,?,?,?,?,?)");
        }

        return sql.ToString();
    }
}
