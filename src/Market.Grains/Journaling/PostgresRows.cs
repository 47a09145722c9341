using Market.Domain;
using Market.Grains.Hosting;
using Npgsql;

namespace Market.Grains.Journaling;

/// <summary>Rows of the event table, read.</summary>
internal static class PostgresRows
{
    /// <summary>The columns that <see cref="ReadRow"/> takes, of the table named `e`.</summary>
    public const string Columns =
        "e.position, e.stream, e.version, e.writer, e.previous_writer, e.due_at, e.audience_first, " +
        "e.audience_second, e.body, e.hash";

    /// <summary>The row on which a reader stands.</summary>
    public static JournalRow ReadRow(NpgsqlDataReader reader) => new(
        Position: reader.GetInt64(0),
        Stream: reader.GetInt64(1),
        Version: reader.GetInt64(2),
        Writer: reader.GetInt64(3),
        PreviousWriter: reader.GetInt64(4),
        DueAt: reader.IsDBNull(5) ? null : new LedgerTime(reader.GetInt64(5)),
        Audience: new Audience(new AgentNumber(reader.GetInt32(6)), new AgentNumber(reader.GetInt32(7))),
        Body: reader.GetFieldValue<byte[]>(8),
        Hash: HashOf(reader.GetFieldValue<byte[]>(9)));

    /// <summary>The identity in two columns.</summary>
    public static GrainId ReadGrain(NpgsqlDataReader reader, int kind, int key) =>
        new((GrainKind)reader.GetInt16(kind), reader.GetGuid(key));

    // A hash of another length can match nothing, so that whoever compares it finds the damage and names the row.
    public static Hash256 HashOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Hash256.Size ? Hash256.FromBytes(bytes) : Hash256.Zero;
}
