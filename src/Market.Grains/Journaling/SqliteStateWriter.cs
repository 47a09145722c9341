using Market.Domain;

namespace Market.Grains.Journaling;

/// <summary>
/// Writes snapshots and projections: what can be made again from the journal, kept so that it need not be.
/// </summary>
internal sealed class SqliteStateWriter(SqliteDatabase database)
{
    public void Save(Snapshot snapshot)
    {
        // The parts first: should it end in between, there are parts that no snapshot needs yet.
        foreach (var part in snapshot.Parts)
        {
            SavePart(snapshot.Stream, part);
        }

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

    private void SavePart(long stream, SnapshotPart part)
    {
        using var upsert = database.Prepare(
            """
            INSERT INTO snapshot_part (stream, number, hash, bytes) VALUES (?, ?, ?, ?)
            ON CONFLICT (stream, number) DO UPDATE SET hash = excluded.hash, bytes = excluded.bytes
            """);
        Span<byte> hash = stackalloc byte[Hash256.Size];
        part.Hash.CopyTo(hash);
        upsert.Bind(1, stream);
        upsert.Bind(2, part.Number);
        upsert.Bind(3, hash);
        upsert.Bind(4, part.Bytes.Span);
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
