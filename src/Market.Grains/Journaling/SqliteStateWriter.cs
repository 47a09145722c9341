using Market.Domain;

namespace Market.Grains.Journaling;

/// <summary>
/// Writes snapshots and projections: what can be made again from the journal, kept so that it need not be.
/// </summary>
internal sealed class SqliteStateWriter(SqliteDatabase database)
{
    public void Save(Snapshot snapshot)
    {
        using var upsert = database.Prepare(
            """
            INSERT INTO snapshot (stream, version, format, state_hash, state) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (stream) DO UPDATE SET version = excluded.version, format = excluded.format,
                state_hash = excluded.state_hash, state = excluded.state
            WHERE excluded.version >= snapshot.version
            """);
        Span<byte> hash = stackalloc byte[Hash256.Size];
        snapshot.StateHash.CopyTo(hash);
        upsert.Bind(1, snapshot.Stream);
        upsert.Bind(2, snapshot.Version);
        upsert.Bind(3, snapshot.Format);
        upsert.Bind(4, hash);
        upsert.Bind(5, snapshot.State.Span);
        upsert.Run();
    }

    public void Save(string name, long position, ReadOnlySpan<byte> state)
    {
        using var upsert = database.Prepare(
            """
            INSERT INTO projection (name, position, state) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET position = excluded.position, state = excluded.state
            """);
        upsert.Bind(1, name);
        upsert.Bind(2, position);
        upsert.Bind(3, state);
        upsert.Run();
    }
}
