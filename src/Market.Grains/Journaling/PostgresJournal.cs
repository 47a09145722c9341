using Market.Domain;
using Market.Grains.Hosting;

namespace Market.Grains.Journaling;

/// <summary>
/// The journal in one PostgreSQL database, which several silos write at once. Each has one writer that groups its
/// appends; the database compares and appends, one batch after the other, and gives positions in the order of the
/// commits. Observers get the rows of all silos, in that one order.
/// </summary>
public sealed class PostgresJournal : IJournal
{
    /// <summary>Numbers of streams that are reserved at once; the sequence in the database grows by as many.</summary>
    internal const int StreamNumbersAtOnce = 256;

    private readonly PostgresSource _source;
    private readonly PostgresBatchWriter _writer;
    private readonly PostgresReads _reads;
    private readonly PostgresStreamFinder _streams;
    private readonly PostgresStates _states;
    private readonly StreamNumbers _numbers;
    private readonly GroupCommit _commits;
    private readonly PostgresListener _listener;
    private readonly Lock _gate = new();
    private Task? _closed;

    private PostgresJournal(PostgresSource source, PostgresBatchWriter writer, MarketId market)
    {
        MarketId = market;
        _source = source;
        _writer = writer;
        _reads = new PostgresReads(source);
        _streams = new PostgresStreamFinder(_reads);
        _states = new PostgresStates(_reads);
        _numbers = new StreamNumbers(StreamNumbersAtOnce, _reads.ReserveStreamsAsync);
        _commits = new GroupCommit(
            writer, writer.Head, source.Options.BatchRowsMax,
            new PostgresForeignRows(source, () => writer.Permit, DoubtPermit));
        _listener = new PostgresListener(source, () => writer.Permit, _commits.Notice);
    }

    /// <summary>The market whose store it is; given when the store was made.</summary>
    public MarketId MarketId { get; }

    /// <inheritdoc/>
    public long Head => _commits.Head;

    /// <inheritdoc/>
    public int PendingCount => _commits.PendingCount;

    /// <summary>
    /// Completes when other processes have ended this one's permit to append, with what to say of that; see
    /// <see cref="PostgresJournalOptions.Use"/>. Every append fails from then on, so nothing is acknowledged.
    /// </summary>
    public Task<StoreException> Ended => _writer.Ended;

    /// <summary>Opens a store, making or migrating its tables where that is due.</summary>
    /// <exception cref="StoreUnreachableException">
    /// No server, no such database, or the server does not let us in.
    /// </exception>
    /// <exception cref="StoreFormatException">
    /// The tables are another program's or a newer one's, or the server does not keep what it acknowledges.
    /// </exception>
    /// <exception cref="StoreInUseException">It is being copied.</exception>
    /// <exception cref="StoreOperationException">The server refused: no rights, no space.</exception>
    public static async Task<PostgresJournal> OpenAsync(
        PostgresJournalOptions options, CancellationToken cancellationToken = default)
    {
        var source = new PostgresSource(options);
        try
        {
            var market = await PrepareAsync(source, cancellationToken).ConfigureAwait(false);
            var writer = await Task.Run(() => new PostgresBatchWriter(source), cancellationToken)
                .ConfigureAwait(false);
            return new PostgresJournal(source, writer, market);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StreamHead> OpenAsync(GrainId grain, CancellationToken cancellationToken = default) =>
        await _streams.FindAsync(grain, cancellationToken).ConfigureAwait(false) ??
        new StreamHead(await _numbers.NextAsync(cancellationToken).ConfigureAwait(false), 0, 0);

    /// <inheritdoc/>
    public void Append(PendingAppend append) => _commits.Append(append);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRow>> ReadStreamAsync(
        long stream, long afterVersion, int max, CancellationToken cancellationToken = default) =>
        _reads.ReadStreamAsync(stream, afterVersion, max, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRow>> ReadForwardAsync(
        long afterPosition, int max, CancellationToken cancellationToken = default) =>
        _reads.ReadForwardAsync(afterPosition, max, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<GrainId?> FindStreamAsync(long stream, CancellationToken cancellationToken = default) =>
        _reads.FindStreamAsync(stream, cancellationToken);

    /// <inheritdoc/>
    public ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellationToken = default) =>
        _states.SaveAsync(snapshot, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Snapshot?> LoadSnapshotAsync(long stream, CancellationToken cancellationToken = default) =>
        _states.LoadAsync(stream, cancellationToken);

    /// <inheritdoc/>
    public ValueTask SaveProjectionAsync(
        string name, long position, ReadOnlyMemory<byte> state, CancellationToken cancellationToken = default) =>
        _states.SaveAsync(name, position, state, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<(long Position, ReadOnlyMemory<byte> State)> LoadProjectionAsync(
        string name, CancellationToken cancellationToken = default) =>
        _states.LoadAsync(name, cancellationToken);

    /// <inheritdoc/>
    public void Observe(ICommitObserver observer) => _commits.Observe(observer);

    /// <summary>
    /// Says under which name this silo joins its cluster; before it does, so that no silo is known to others whose
    /// permit they could not end.
    /// </summary>
    /// <returns>Position of the last row at that moment.</returns>
    /// <exception cref="StoreException">The server is away, or others have ended the permit already.</exception>
    public async Task<long> JoinAsync(string silo)
    {
        ArgumentException.ThrowIfNullOrEmpty(silo);
        var head = 0L;
        await _commits.RunAsync(() => head = _writer.JoinAs(silo)).ConfigureAwait(false);
        return head;
    }

    /// <summary>Writes what was queued, tells its callers, and lets the database go.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed ??= CloseAsync();
            return new ValueTask(_closed);
        }
    }

    /// <summary>Says that a copy goes into the store, or that it has ended well.</summary>
    internal async Task MarkCopyAsync(bool isFinished, CancellationToken cancellationToken) =>
        await _reads.RunAsync("Marking the copy", isFinished, PostgresSchema.MarkAsync, cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Makes the numbers of streams that are given out go on after one that is taken.</summary>
    internal async Task SkipStreamsAsync(long last, CancellationToken cancellationToken) =>
        await _reads.RunAsync("Reserving numbers of streams", last, PostgresReads.SkipStreamsAsync, cancellationToken)
            .ConfigureAwait(false);

    private static async Task<MarketId> PrepareAsync(PostgresSource source, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await source.OpenAsync(cancellationToken).ConfigureAwait(false);
            return await PostgresSchema.PrepareAsync(connection, source.Options, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception error) when (PostgresErrors.IsOfStorage(error))
        {
            throw PostgresErrors.OfConnect(source.Address, error);
        }
    }

    private void DoubtPermit(long permit)
    {
        try
        {
            _ = _commits.RunAsync(() => _writer.Doubt(permit));
        }
        catch (ObjectDisposedException)
        {
            // It is being closed, and nobody asks any more.
        }
    }

    private async Task CloseAsync()
    {
        await _listener.DisposeAsync().ConfigureAwait(false);
        _source.StopWaiting();
        await _commits.DisposeAsync().ConfigureAwait(false);
        _numbers.Dispose();
        _source.Dispose();
    }
}
