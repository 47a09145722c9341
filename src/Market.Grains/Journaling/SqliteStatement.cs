using SQLitePCL;

namespace Market.Grains.Journaling;

/// <summary>A prepared statement, kept and used again by the one thread that has its connection.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt statement) : IDisposable
{
    public void Bind(int index, long value) =>
        database.Check(raw.sqlite3_bind_int64(statement, index, value), "Binding");

    public void Bind(int index, ReadOnlySpan<byte> value) =>
        database.Check(raw.sqlite3_bind_blob(statement, index, value), "Binding");

    public void Bind(int index, string value) =>
        database.Check(raw.sqlite3_bind_text(statement, index, value), "Binding");

    public void BindNull(int index) => database.Check(raw.sqlite3_bind_null(statement, index), "Binding");

    /// <summary>Moves to the next row; false when there is none.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            // The error is taken before the reset, which would repeat it.
            try
            {
                database.Check(code, raw.sqlite3_sql(statement).utf8_to_string());
            }
            finally
            {
                Reset();
            }
        }

        return false;
    }

    /// <summary>Makes it ready for its next use; ends its read of the database.</summary>
    public void Reset() => _ = raw.sqlite3_reset(statement); // repeats the last step's error, which has been thrown

    /// <summary>Runs a statement that gives no rows.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long GetLong(int column) => raw.sqlite3_column_int64(statement, column);

    public string GetText(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    /// <summary>A blob as SQLite holds it: valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> GetBlob(int column) => raw.sqlite3_column_blob(statement, column);

    public void Dispose() => statement.Dispose();
}
