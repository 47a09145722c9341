using SQLitePCL;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// Takes a row out of a statement as it is: SQLite would turn a text into a number, and hide what is wrong with it.
/// </summary>
internal static class StoredRowReader
{
    private static readonly string[] Columns =
    [
        "position", "stream", "version", "writer", "previous_writer", "due_at", "audience_first", "audience_second",
        "body", "hash",
    ];

    public static void Fill(StoredRow row, sqlite3_stmt statement)
    {
        row.Defect = null;
        row.Position = Integer(row, statement, 0);
        row.Stream = Integer(row, statement, 1);
        row.Version = Integer(row, statement, 2);
        row.Writer = Integer(row, statement, 3);
        row.PreviousWriter = Integer(row, statement, 4);
        row.DueAt = raw.sqlite3_column_type(statement, 5) == raw.SQLITE_NULL ? null : Integer(row, statement, 5);
        row.AudienceFirst = Integer(row, statement, 6);
        row.AudienceSecond = Integer(row, statement, 7);
        row.SetBody(Blob(row, statement, 8));
        var hash = Blob(row, statement, 9);
        if (hash.Length != row.Hash.Length)
        {
            row.Hash = new byte[hash.Length];
        }

        hash.CopyTo(row.Hash);
    }

    private static long Integer(StoredRow row, sqlite3_stmt statement, int column)
    {
        if (raw.sqlite3_column_type(statement, column) == raw.SQLITE_INTEGER)
        {
            return raw.sqlite3_column_int64(statement, column);
        }

        row.Defect ??= $"Its column {Columns[column]} is not an integer.";
        return 0;
    }

    private static ReadOnlySpan<byte> Blob(StoredRow row, sqlite3_stmt statement, int column)
    {
        if (raw.sqlite3_column_type(statement, column) == raw.SQLITE_BLOB)
        {
            return raw.sqlite3_column_blob(statement, column);
        }

        row.Defect ??= $"Its column {Columns[column]} is not binary.";
        return [];
    }
}
