using System.Runtime.InteropServices;
using Market.Domain;
using Npgsql;
using NpgsqlTypes;

namespace Market.Grains.Journaling;

/// <summary>
/// A batch as columns, as <see cref="PostgresAppendFunction"/> takes it; used again and again. It supposes that each
/// stream's head is what its first row names, and judges the other rows by that; the server finds out whether it is.
/// </summary>
internal sealed class PostgresDraft
{
    private readonly Dictionary<long, FencingHead> _heads = [];
    private readonly List<long> _headStreams = [];
    private readonly List<long> _headVersions = [];
    private readonly List<long> _headWriters = [];
    private readonly List<short> _kinds = [];
    private readonly List<Guid> _keys = [];
    private readonly List<bool> _follows = [];
    private readonly List<long> _streams = [];
    private readonly List<long> _versions = [];
    private readonly List<long> _writers = [];
    private readonly List<long> _previousWriters = [];
    private readonly List<long?> _dueTimes = [];
    private readonly List<int> _firsts = [];
    private readonly List<int> _seconds = [];
    private readonly List<ReadOnlyMemory<byte>> _bodies = [];
    private readonly List<ReadOnlyMemory<byte>> _hashes = [];
    private byte[] _hashBytes = [];
    private bool _allFollow;

    /// <summary>Takes the rows of a batch.</summary>
    public void Fill(ReadOnlySpan<PendingAppend> batch)
    {
        Clear();
        if (_hashBytes.Length < batch.Length * Hash256.Size)
        {
            _hashBytes = new byte[batch.Length * Hash256.Size];
        }

        foreach (var append in batch)
        {
            var row = append.Row;
            Judge(append, row);
            _streams.Add(row.Stream);
            _versions.Add(row.Version);
            _writers.Add(row.Writer);
            _previousWriters.Add(row.PreviousWriter);
            _dueTimes.Add(row.DueAt?.Ticks);
            _firsts.Add(row.Audience.First.Value);
            _seconds.Add(row.Audience.Second.Value);
            _bodies.Add(row.Body);
            var hash = _hashBytes.AsMemory(_hashes.Count * Hash256.Size, Hash256.Size);
            row.Hash.CopyTo(hash.Span);
            _hashes.Add(hash);
        }
    }

    /// <summary>Forgets the rows, so that a draft that waits keeps nothing alive.</summary>
    public void Clear()
    {
        _heads.Clear();
        _headStreams.Clear();
        _headVersions.Clear();
        _headWriters.Clear();
        _kinds.Clear();
        _keys.Clear();
        _follows.Clear();
        _streams.Clear();
        _versions.Clear();
        _writers.Clear();
        _previousWriters.Clear();
        _dueTimes.Clear();
        _firsts.Clear();
        _seconds.Clear();
        _bodies.Clear();
        _hashes.Clear();
        _allFollow = true;
    }

    /// <summary>The statement that appends what the draft holds when it is executed.</summary>
    public NpgsqlCommand AppendOn(NpgsqlConnection connection, long permit) => new(
        "SELECT first_position, accepted FROM market.append($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)",
        connection)
    {
        Parameters =
        {
            new NpgsqlParameter<long> { TypedValue = permit },
            Array(_headStreams, NpgsqlDbType.Bigint),
            Array(_headVersions, NpgsqlDbType.Bigint),
            Array(_headWriters, NpgsqlDbType.Bigint),
            Array(_kinds, NpgsqlDbType.Smallint),
            Array(_keys, NpgsqlDbType.Uuid),
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean, Value = Follows },
            Array(_streams, NpgsqlDbType.Bigint),
            Array(_versions, NpgsqlDbType.Bigint),
            Array(_writers, NpgsqlDbType.Bigint),
            Array(_previousWriters, NpgsqlDbType.Bigint),
            Array(_dueTimes, NpgsqlDbType.Bigint),
            Array(_firsts, NpgsqlDbType.Integer),
            Array(_seconds, NpgsqlDbType.Integer),
            Array(_bodies, NpgsqlDbType.Bytea),
            Array(_hashes, NpgsqlDbType.Bytea),
        },
    };

    /// <summary>The question which of the rows are in the journal, and where; the ordinals begin at 1.</summary>
    public NpgsqlCommand FindOn(NpgsqlConnection connection) => new(
        """
        SELECT r.ordinal, e.position
        FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS r(stream, version, writer, hash, ordinal)
        CROSS JOIN LATERAL (
            SELECT position FROM market.event
            WHERE stream = r.stream AND version = r.version AND writer = r.writer AND hash = r.hash LIMIT 1) e
        ORDER BY e.position, r.ordinal
        """,
        connection)
    {
        Parameters =
        {
            Array(_streams, NpgsqlDbType.Bigint),
            Array(_versions, NpgsqlDbType.Bigint),
            Array(_writers, NpgsqlDbType.Bigint),
            Array(_hashes, NpgsqlDbType.Bytea),
        },
    };

    private object Follows => _allFollow ? DBNull.Value : _follows;

    private static NpgsqlParameter<List<T>> Array<T>(List<T> values, NpgsqlDbType of) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | of, TypedValue = values };

    private void Judge(PendingAppend append, JournalRow row)
    {
        ref var head = ref CollectionsMarshal.GetValueRefOrAddDefault(_heads, row.Stream, out var isKnown);
        if (!isKnown)
        {
            head = new FencingHead(row.Version - 1, row.PreviousWriter);
            _headStreams.Add(row.Stream);
            _headVersions.Add(head.Version);
            _headWriters.Add(head.Writer);
            _kinds.Add((short)append.Grain.Kind);
            _keys.Add(append.Grain.Key);
        }

        var follows = row.Version == head.Version + 1 && row.PreviousWriter == head.Writer;
        _follows.Add(follows);
        _allFollow &= follows;
        if (follows)
        {
            head = new FencingHead(row.Version, row.Writer);
        }
    }
}
