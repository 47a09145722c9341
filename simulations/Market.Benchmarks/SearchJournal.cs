using System.Diagnostics;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>
/// A journal that can only be read forward: each row publishes a listing that is made when it is read. What that takes
/// is counted, so that it can be taken off.
/// </summary>
/// <param name="corpus">The listings.</param>
/// <param name="count">How many.</param>
internal sealed class SearchJournal(SearchCorpus corpus, int count) : IJournal
{
    private readonly Stopwatch _making = new();

    /// <summary>What making the rows took.</summary>
    public TimeSpan Making => _making.Elapsed;

    public long Head => count;

    public int PendingCount => 0;

    public ValueTask<IReadOnlyList<JournalRow>> ReadForwardAsync(
        long afterPosition, int max, CancellationToken cancellationToken = default)
    {
        _making.Start();
        var rows = new List<JournalRow>();
        for (var position = afterPosition + 1; position <= Math.Min(count, afterPosition + max); position++)
        {
            var added = new ListingAdded(new LedgerTime(position), corpus[(int)position - 1], new ActDigest(1, 1));
            rows.Add(new JournalRow(
                position, 1, position, 1, 1, null, default, WireCatalog.EncodeTagged(added), default));
        }

        _making.Stop();
        return ValueTask.FromResult<IReadOnlyList<JournalRow>>(rows);
    }

    public void Observe(ICommitObserver observer)
    {
        // Nothing is ever appended, so nobody is ever told.
    }

    public ValueTask DisposeAsync() => default;

    public ValueTask<StreamHead> OpenAsync(GrainId grain, CancellationToken cancellationToken = default) =>
        throw OnlyRead();

    public void Append(PendingAppend append) => throw OnlyRead();

    public ValueTask<IReadOnlyList<JournalRow>> ReadStreamAsync(
        long stream, long afterVersion, int max, CancellationToken cancellationToken = default) => throw OnlyRead();

    public ValueTask<GrainId?> FindStreamAsync(long stream, CancellationToken cancellationToken = default) =>
        throw OnlyRead();

    public ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellationToken = default) =>
        throw OnlyRead();

    public ValueTask<Snapshot?> LoadSnapshotAsync(long stream, CancellationToken cancellationToken = default) =>
        throw OnlyRead();

    public ValueTask SaveProjectionAsync(
        string name, long position, ReadOnlyMemory<byte> state, CancellationToken cancellationToken = default) =>
        throw OnlyRead();

    public ValueTask<(long Position, ReadOnlyMemory<byte> State)> LoadProjectionAsync(
        string name, CancellationToken cancellationToken = default) => throw OnlyRead();

    private static NotSupportedException OnlyRead() => new("This journal can only be read forward.");
}
