using Market.Grains.Hosting;

namespace Market.Grains.Journaling;

/// <summary>
/// Copies a market from one kind of store to another while nobody uses either: every row with its position, its
/// stream's number and identity, and the market's identity. What is made of the journal (snapshots, projections, the
/// catalogue) is not copied, since a market makes it again. Rows go in by compare and append, so what is not a sound
/// journal does not go in; then both sides are read again and compared.
/// </summary>
public static class StoreCopy
{
    private const int RowsAtOnce = 4_096;

    /// <summary>Copies and verifies.</summary>
    /// <param name="from">The store of a market.</param>
    /// <param name="to">A store that is empty or not yet there.</param>
    /// <param name="progress">Told of rows copied, rows verified and rows in all.</param>
    /// <param name="cancellationToken">Stops it; a target that is not whole cannot be opened.</param>
    /// <exception cref="StoreException">
    /// A store cannot be used, is in use, or the target is not empty or not the same afterwards.
    /// </exception>
    public static async Task<StoreCopyResult> RunAsync(
        StoreAddress from,
        StoreAddress to,
        Action<long, long, long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        await using var source = await StoreSide.OpenSourceAsync(from, cancellationToken).ConfigureAwait(false);
        await using var target =
            await StoreSide.OpenTargetAsync(to, source.MarketId, cancellationToken).ConfigureAwait(false);
        var total = source.Journal.Head;
        var streams = await CopyAsync(
            source.Journal, target.Journal, copied => progress?.Invoke(copied, 0, total), cancellationToken)
            .ConfigureAwait(false);
        await VerifyAsync(
            source.Journal, target.Journal, to, verified => progress?.Invoke(total, verified, total),
            cancellationToken).ConfigureAwait(false);
        await target.FinishAsync(streams.Last, cancellationToken).ConfigureAwait(false);
        return new StoreCopyResult(source.MarketId, total, streams.Count);
    }

    private static async Task<(long Count, long Last)> CopyAsync(
        IJournal source, IJournal target, Action<long> progress, CancellationToken cancellationToken)
    {
        var streams = new Dictionary<long, GrainId>();
        var last = 0L;
        for (long position = 0; ;)
        {
            var rows = await source.ReadForwardAsync(position, RowsAtOnce, cancellationToken).ConfigureAwait(false);
            if (rows.Count == 0)
            {
                return (streams.Count, last);
            }

            var appends = new CopiedAppend[rows.Count];
            for (var i = 0; i < rows.Count; i++)
            {
                last = Math.Max(last, rows[i].Stream);
                if (!streams.TryGetValue(rows[i].Stream, out var grain))
                {
                    grain = await IdentityAsync(source, rows[i], cancellationToken).ConfigureAwait(false);
                    streams.Add(rows[i].Stream, grain);
                }

                appends[i] = new CopiedAppend(grain, rows[i] with { Position = 0 }, rows[i].Position);
                target.Append(appends[i]);
            }

            foreach (var append in appends)
            {
                await append.Outcome.ConfigureAwait(false);
            }

            position = rows[^1].Position;
            progress(position);
        }
    }

    private static async Task<GrainId> IdentityAsync(IJournal source, JournalRow row, CancellationToken cancellation) =>
        await source.FindStreamAsync(row.Stream, cancellation).ConfigureAwait(false)
        ?? throw new StoreCopyException(FormattableString.Invariant(
            $"entry {row.Position} of the source is of stream {row.Stream}, which has no identity; audit the source"));

    private static async Task VerifyAsync(
        IJournal source,
        IJournal target,
        StoreAddress to,
        Action<long> progress,
        CancellationToken cancellationToken)
    {
        for (long position = 0; ;)
        {
            var ours = await source.ReadForwardAsync(position, RowsAtOnce, cancellationToken).ConfigureAwait(false);
            var theirs = await target.ReadForwardAsync(position, RowsAtOnce, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < Math.Max(ours.Count, theirs.Count); i++)
            {
                var isSame = i < ours.Count && i < theirs.Count && IsSame(ours[i], theirs[i]) &&
                    (ours[i].Version > 1 || await IsSameStreamAsync(ours[i].Stream).ConfigureAwait(false));
                if (!isSame)
                {
                    throw new StoreCopyException(FormattableString.Invariant(
                        $"entry {position + i + 1} is not the same in '{to}'; remove the copy, and copy again"));
                }
            }

            if (ours.Count == 0)
            {
                return;
            }

            position = ours[^1].Position;
            progress(position);
        }

        async Task<bool> IsSameStreamAsync(long stream) =>
            await source.FindStreamAsync(stream, cancellationToken).ConfigureAwait(false) is { } identity &&
            await target.FindStreamAsync(stream, cancellationToken).ConfigureAwait(false) == identity;
    }

    private static bool IsSame(JournalRow one, JournalRow other) =>
        one.Body.Span.SequenceEqual(other.Body.Span) &&
        one with { Body = default } == other with { Body = default };

    /// <summary>A row on its way, which must get the place that it had.</summary>
    private sealed class CopiedAppend(GrainId grain, JournalRow row, long position) : PendingAppend(grain, row)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Outcome => _done.Task;

        public override void OnCompleted(AppendOutcome outcome, Exception? error)
        {
            if (outcome == AppendOutcome.Appended && Row.Position == position)
            {
                _done.SetResult();
                return;
            }

            _done.SetException(error ?? new StoreCopyException(FormattableString.Invariant(
                $"entry {position} of the source does not follow its predecessor; audit the source")));
        }
    }
}
