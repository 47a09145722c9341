using Market.Domain;
using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>A grain folded from its stream.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Grain">The grain.</param>
/// <param name="Head">Number of its stream, with version and writer of the last row folded in.</param>
/// <param name="SnapshotVersion">Version of the snapshot that it began with; 0 for none.</param>
internal sealed record LoadedGrain(GrainId Id, IGrain Grain, StreamHead Head, long SnapshotVersion);

/// <summary>
/// Folds a stream into a fresh grain and checks every row on the way: its place, its predecessor's writer, its hash.
/// What is wrong or unknown stops the grain, naming stream and version; nothing is skipped.
/// </summary>
internal static class GrainLoader
{
    private const int RowsPerRead = 4_096;

    public static async ValueTask<LoadedGrain?> LoadAsync(
        ActivationServices services, GrainId id, CancellationToken cancellationToken)
    {
        if (services.CreateGrain(id) is not { } grain)
        {
            return null;
        }

        var opened = await services.Journal.OpenAsync(id, cancellationToken).ConfigureAwait(false);
        if (opened.Version == 0)
        {
            return new LoadedGrain(id, grain, opened, 0);
        }

        var snapshotVersion = 0L;
        if (grain is ISnapshotGrain && await FindSnapshotAsync(services, opened, cancellationToken)
                .ConfigureAwait(false) is { } snapshot)
        {
            (grain, snapshotVersion) = Restore(services, id, grain, snapshot);
        }

        var fold = new Fold(services, id, grain, opened.Number, snapshotVersion);
        await FoldAsync(services, fold, opened.Number, cancellationToken).ConfigureAwait(false);
        if (fold.Version < opened.Version)
        {
            throw fold.Damaged(fold.Version + 1, $"rows are missing up to version {opened.Version}.");
        }

        return new LoadedGrain(id, grain, new StreamHead(opened.Number, fold.Version, fold.Writer), snapshotVersion);
    }

    // While some rows are folded, the next ones are read: in order, and no further ahead than that.
    private static async ValueTask FoldAsync(
        ActivationServices services, Fold fold, long stream, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(services, stream, fold.Version, cancellationToken).ConfigureAwait(false);
        while (rows.Count == RowsPerRead)
        {
            var after = rows[^1].Version;
            var next = Task.Run(
                () => ReadAsync(services, stream, after, cancellationToken).AsTask(), cancellationToken);
            try
            {
                fold.AddAll(rows);
            }
            finally
            {
                // Also where a row stops the fold: nobody reads for a grain that its loader has left.
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            rows = await next.ConfigureAwait(false);
        }

        fold.AddAll(rows);
    }

    private static ValueTask<IReadOnlyList<JournalRow>> ReadAsync(
        ActivationServices services, long stream, long after, CancellationToken cancellationToken) =>
        services.Journal.ReadStreamAsync(stream, after, RowsPerRead, cancellationToken);

    private static async ValueTask<Snapshot?> FindSnapshotAsync(
        ActivationServices services, StreamHead opened, CancellationToken cancellationToken)
    {
        var snapshot = await services.Journal
            .LoadSnapshotAsync(opened.Number, cancellationToken).ConfigureAwait(false);
        return snapshot is not null && snapshot.Format == services.SnapshotFormat && snapshot.Version <= opened.Version
            && snapshot.StateHash == Hash256.Of(snapshot.State.Span)
            ? snapshot
            : null;
    }

    private static (IGrain Grain, long Version) Restore(
        ActivationServices services, GrainId id, IGrain fresh, Snapshot snapshot)
    {
        try
        {
            ((ISnapshotGrain)fresh).LoadState(
                snapshot.State.Span, [.. snapshot.Parts.Select(part => part.Bytes)]);
            return (fresh, snapshot.Version);
        }
#pragma warning disable CA1031 // A snapshot is a shortcut: whatever is wrong with it, the rows are the truth.
        catch (Exception error)
#pragma warning restore CA1031
        {
            services.Report($"The snapshot of stream {snapshot.Stream} is ignored and the stream replayed.", error);
            return (services.CreateGrain(id)!, 0);
        }
    }

    /// <summary>The state of one replay.</summary>
    private sealed class Fold
    {
        private readonly ActivationServices _services;
        private readonly GrainId _id;
        private readonly IGrain _grain;
        private readonly IChainedGrain? _chained;
        private readonly long _stream;
        private readonly long _versionInState;

        public Fold(ActivationServices services, GrainId id, IGrain grain, long stream, long snapshotVersion)
        {
            (_services, _id, _grain, _stream) = (services, id, grain, stream);
            _chained = grain as IChainedGrain;
            _versionInState = snapshotVersion;

            // The snapshot's own row is read once more: it ties the snapshot to the stream, and gives writer and chain.
            Version = Math.Max(0, snapshotVersion - 1);
        }

        public long Version { get; private set; }

        public long Writer { get; private set; }

        public void AddAll(IReadOnlyList<JournalRow> rows)
        {
            foreach (var row in rows)
            {
                Add(row);
            }
        }

        private void Add(JournalRow row)
        {
            if (row.Version != Version + 1)
            {
                throw Damaged(Version + 1, $"the next row has version {row.Version}.");
            }

            if (row.Version <= _versionInState)
            {
                Move(row);
                return;
            }

            if (row.PreviousWriter != Writer)
            {
                throw Damaged(row.Version, "it does not follow the writer of the row before.");
            }

            var hash = RowHash.Of(
                _chained?.ChainHead ?? Hash256.Zero,
                row.Stream,
                row.Version,
                row.Writer,
                row.PreviousWriter,
                row.DueAt,
                row.Audience,
                row.Body.Span);
            if (hash != row.Hash)
            {
                throw Damaged(row.Version, $"its hash should be {hash} and is {row.Hash}.");
            }

            Apply(row);
            Move(row);
        }

        public StreamDamagedException Damaged(long version, string reason, Exception? inner = null) =>
            new(_id, _stream, version, reason, inner);

        private void Apply(JournalRow row)
        {
            try
            {
                _grain.Apply(_services.Codec.Decode(row.Body.Span));
            }
#pragma warning disable CA1031 // An entry that cannot be read or applied, for whatever reason, stops the grain.
            catch (Exception error)
#pragma warning restore CA1031
            {
                throw Damaged(row.Version, "this program cannot read or apply its event.", error);
            }
        }

        private void Move(JournalRow row)
        {
            Version = row.Version;
            Writer = row.Writer;
            _chained?.Advance(row.Hash);
        }
    }
}
