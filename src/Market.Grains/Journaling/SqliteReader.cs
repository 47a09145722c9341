using Market.Domain;
using Market.Grains.Hosting;

namespace Market.Grains.Journaling;

/// <summary>One read-only connection with its prepared statements; used by one thread at a time.</summary>
internal sealed class SqliteReader : IDisposable
{
    private const string Columns =
        "position, stream, version, writer, previous_writer, due_at, audience_first, audience_second, body, hash";

    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _open;
    private readonly SqliteStatement _stream;
    private readonly SqliteStatement _forward;
    private readonly SqliteStatement _identity;
    private readonly SqliteStatement _snapshot;
    private readonly SqliteStatement _parts;
    private readonly SqliteStatement _projection;

    public SqliteReader(string path, TimeSpan busyTimeout)
    {
        _database = SqliteDatabase.OpenForReading(path, busyTimeout);
        _database.Execute("PRAGMA mmap_size = 1073741824"); // a page in place costs no system call
        _open = _database.Prepare(
            """
            SELECT s.number, e.version, e.writer FROM stream s JOIN event e ON e.stream = s.number
            WHERE s.kind = ? AND s.key = ? ORDER BY e.version DESC LIMIT 1
            """);
        _stream = _database.Prepare(
            $"SELECT {Columns} FROM event WHERE stream = ? AND version > ? ORDER BY version LIMIT ?");
        _forward = _database.Prepare(
            $"SELECT {Columns} FROM event WHERE position > ? ORDER BY position LIMIT ?");
        _identity = _database.Prepare("SELECT kind, key FROM stream WHERE number = ?");
        _snapshot = _database.Prepare(
            "SELECT version, format, state_hash, state FROM snapshot WHERE stream = ?");
        _parts = _database.Prepare("SELECT number, hash, bytes FROM snapshot_part WHERE stream = ? ORDER BY number");
        _projection = _database.Prepare("SELECT position, state FROM projection WHERE name = ?");
    }

    public StreamHead? Find(GrainId grain)
    {
        Span<byte> key = stackalloc byte[16];
        grain.Key.TryWriteBytes(key, bigEndian: true, out _);
        _open.Bind(1, (long)grain.Kind);
        _open.Bind(2, key);
        StreamHead? head = _open.Step()
            ? new StreamHead(_open.GetLong(0), _open.GetLong(1), _open.GetLong(2))
            : null;
        _open.Reset();
        return head;
    }

    public List<JournalRow> ReadStream(long stream, long afterVersion, int max)
    {
        _stream.Bind(1, stream);
        _stream.Bind(2, afterVersion);
        _stream.Bind(3, max);
        return ReadRows(_stream);
    }

    public List<JournalRow> ReadForward(long afterPosition, int max)
    {
        _forward.Bind(1, afterPosition);
        _forward.Bind(2, max);
        return ReadRows(_forward);
    }

    public GrainId? FindIdentity(long stream)
    {
        _identity.Bind(1, stream);
        GrainId? grain = _identity.Step()
            ? new GrainId((GrainKind)_identity.GetLong(0), new Guid(_identity.GetBlob(1), bigEndian: true))
            : null;
        _identity.Reset();
        return grain;
    }

    public Snapshot? LoadSnapshot(long stream)
    {
        _snapshot.Bind(1, stream);
        var snapshot = _snapshot.Step()
            ? new Snapshot(
                stream,
                _snapshot.GetLong(0),
                (int)_snapshot.GetLong(1),
                HashOf(_snapshot.GetBlob(2)),
                _snapshot.GetBlob(3).ToArray())
            : null;
        _snapshot.Reset();
        return snapshot is not null && Hash256.Of(snapshot.State.Span) == snapshot.StateHash
            ? snapshot with { Parts = LoadParts(stream) }
            : null;
    }

    private ValueArray<SnapshotPart> LoadParts(long stream)
    {
        var parts = new List<SnapshotPart>();
        _parts.Bind(1, stream);
        while (_parts.Step())
        {
            var bytes = _parts.GetBlob(2).ToArray();
            if (_parts.GetLong(0) != parts.Count || Hash256.Of(bytes) != HashOf(_parts.GetBlob(1)))
            {
                break;
            }

            parts.Add(new SnapshotPart(parts.Count, HashOf(_parts.GetBlob(1)), bytes));
        }

        _parts.Reset();
        return parts.ToValueArray();
    }

    public (long Position, ReadOnlyMemory<byte> State) LoadProjection(string name)
    {
        _projection.Bind(1, name);
        (long, ReadOnlyMemory<byte>) saved =
            _projection.Step() ? (_projection.GetLong(0), _projection.GetBlob(1).ToArray()) : default;
        _projection.Reset();
        return saved;
    }

    public void Dispose()
    {
        foreach (IDisposable statement in (ReadOnlySpan<IDisposable>)
            [_open, _stream, _forward, _identity, _snapshot, _parts, _projection])
        {
            statement.Dispose();
        }

        _database.Dispose();
    }

    private static List<JournalRow> ReadRows(SqliteStatement query)
    {
        var rows = new List<JournalRow>();
        try
        {
            while (query.Step())
            {
                rows.Add(new JournalRow(
                    Position: query.GetLong(0),
                    Stream: query.GetLong(1),
                    Version: query.GetLong(2),
                    Writer: query.GetLong(3),
                    PreviousWriter: query.GetLong(4),
                    DueAt: query.IsNull(5) ? null : new LedgerTime(query.GetLong(5)),
                    Audience: new Audience(
                        new AgentNumber((int)query.GetLong(6)), new AgentNumber((int)query.GetLong(7))),
                    Body: query.GetBlob(8).ToArray(),
                    Hash: HashOf(query.GetBlob(9))));
            }
        }
        finally
        {
            query.Reset();
        }

        return rows;
    }

    // A hash of another length can match nothing, so that whoever compares it finds the damage and names the row.
    private static Hash256 HashOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Hash256.Size ? Hash256.FromBytes(bytes) : Hash256.Zero;
}
