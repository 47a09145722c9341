using Market.Domain;
using Market.Grains.Hosting;

namespace Market.Grains.Journaling;

/// <summary>
/// The journal in one SQLite file (write-ahead log, full sync). One thread writes for all grains, in groups; reads go
/// through connections of their own and see what is durable, at once and only that.
/// </summary>
public sealed class SqliteJournal : IJournal
{
    private readonly StoreLock _lock;
    private readonly SqliteBatchWriter _writer;
    private readonly SqliteStateWriter _states;
    private readonly GroupCommit _commits;
    private readonly SqliteReaderPool _readers;
    private long _lastStream;

    private SqliteJournal(SqliteJournalOptions options, StoreLock held, SqliteDatabase database)
    {
        _lock = held;
        MarketId = SqliteSchema.ReadMarketId(database);
        _lastStream = database.QueryLong("SELECT max(number) FROM stream");
        var head = database.QueryLong("SELECT max(position) FROM event");
        _readers = new SqliteReaderPool(options.Path, options.BusyTimeout);
        _writer = new SqliteBatchWriter(database, _readers, options.CheckpointPages);
        _states = new SqliteStateWriter(database);
        _commits = new GroupCommit(_writer, head, options.BatchRowsMax);
    }

    /// <summary>The market whose store it is; given when the store was made.</summary>
    public MarketId MarketId { get; }

    /// <inheritdoc/>
    public long Head => _commits.Head;

    /// <inheritdoc/>
    public int PendingCount => _commits.PendingCount;

    /// <summary>Opens a store, making or migrating it where that is due.</summary>
    /// <exception cref="StoreLockedException">Another process has it open.</exception>
    /// <exception cref="StoreDamagedException">Its bytes are not what was written; nothing was changed.</exception>
    /// <exception cref="StoreFormatException">
    /// It is another program's or a newer one's; nothing was changed.
    /// </exception>
    /// <exception cref="StoreOperationException">
    /// The storage refused: no space, no rights, an input or output error.
    /// </exception>
    public static Task<SqliteJournal> OpenAsync(
        SqliteJournalOptions options, CancellationToken cancellationToken = default) =>
        Task.Run(() => Open(options), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StreamHead> OpenAsync(GrainId grain, CancellationToken cancellationToken = default)
    {
        var found = _readers.Read(grain, static (reader, id) => reader.Find(id));
        return ValueTask.FromResult(found ?? new StreamHead(Interlocked.Increment(ref _lastStream), 0, 0));
    }

    /// <inheritdoc/>
    public void Append(PendingAppend append) => _commits.Append(append);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRow>> ReadStreamAsync(
        long stream, long afterVersion, int max, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<JournalRow>>(_readers.Read(
            (stream, afterVersion, max),
            static (reader, what) => reader.ReadStream(what.stream, what.afterVersion, what.max)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRow>> ReadForwardAsync(
        long afterPosition, int max, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<JournalRow>>(_readers.Read(
            (afterPosition, max), static (reader, what) => reader.ReadForward(what.afterPosition, what.max)));

    /// <inheritdoc/>
    public ValueTask<GrainId?> FindStreamAsync(long stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_readers.Read(stream, static (reader, number) => reader.FindIdentity(number)));

    /// <inheritdoc/>
    public ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellationToken = default) =>
        new(_commits.RunAsync(() => _writer.Run(() => _states.Save(snapshot))));

    /// <inheritdoc/>
    public ValueTask<Snapshot?> LoadSnapshotAsync(long stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_readers.Read(stream, static (reader, number) => reader.LoadSnapshot(number)));

    /// <inheritdoc/>
    public ValueTask SaveProjectionAsync(
        string name, long position, ReadOnlyMemory<byte> state, CancellationToken cancellationToken = default) =>
        new(_commits.RunAsync(() => _writer.Run(() => _states.Save(name, position, state.Span))));

    /// <inheritdoc/>
    public ValueTask<(long Position, ReadOnlyMemory<byte> State)> LoadProjectionAsync(
        string name, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_readers.Read(name, static (reader, key) => reader.LoadProjection(key)));

    /// <inheritdoc/>
    public void Observe(ICommitObserver observer) => _commits.Observe(observer);

    /// <summary>
    /// Writes what was queued, tells its callers, moves the log into the tables and lets the folder go.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _commits.DisposeAsync().ConfigureAwait(false);
        _lock.Dispose();
    }

    private static SqliteJournal Open(SqliteJournalOptions options)
    {
        Directory.CreateDirectory(options.DataFolder);
        var held = StoreLock.Take(options.DataFolder);
        SqliteDatabase? database = null;
        try
        {
            if (!SqliteStoreCheck.Exists(options.Path, options.BusyTimeout))
            {
                SqliteSchema.Create(options.Path, options.NewMarketId().Value);
            }

            database = SqliteDatabase.OpenForWriting(options.Path, options.BusyTimeout);
            SqliteSchema.Migrate(database);
            return new SqliteJournal(options, held, database);
        }
        catch
        {
            database?.Dispose();
            held.Dispose();
            throw;
        }
    }
}
