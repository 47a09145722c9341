using Market.Domain;
using Market.Domain.Settling;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>One book on disk: its grain in the embedded cluster over SQLite.</summary>
internal static class LedgerStore
{
    private const int Mailbox = 20_000;

    /// <summary>Opens the journal of a folder.</summary>
    public static Task<SqliteJournal> OpenAsync(JournalBenchmarkFolder folder, CancellationToken cancellationToken) =>
        SqliteJournal.OpenAsync(new SqliteJournalOptions { DataFolder = folder.Path }, cancellationToken);

    /// <summary>A cluster whose one grain is the ledger.</summary>
    /// <param name="journal">Where its rows are.</param>
    /// <param name="snapshotFormat">Snapshots of another format are ignored, and the book replayed.</param>
    public static EmbeddedCluster Start(IJournal journal, int snapshotFormat = 1) => new(
        journal,
        new WireEventCodec(),
        static id => id == GrainId.Ledger ? new LedgerGrain(new MarketId(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)))
            : null,
        static (_, _, _) => throw new NotSupportedException("Nobody subscribes."),
        new EmbeddedClusterOptions
        {
            MailboxMax = Mailbox,
            SnapshotFormat = snapshotFormat,
            OnError = static (what, error) => throw new InvalidOperationException(what, error),
        });

    /// <summary>
    /// Asks until the commands are used up, so many callers at a time; tells of each command, by its place, how long it
    /// took.
    /// </summary>
    public static async Task AskAllAsync(
        EmbeddedCluster cluster, IReadOnlyList<LedgerCommand> commands, int callers, Action<int, TimeSpan>? took = null)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync)));

        async Task CallAsync()
        {
            for (var i = Interlocked.Increment(ref next); i < commands.Count; i = Interlocked.Increment(ref next))
            {
                var started = System.Diagnostics.Stopwatch.GetTimestamp();
                if (await cluster.AskAsync(GrainId.Ledger, commands[i]) is not LedgerDone)
                {
                    throw new InvalidOperationException($"The book did not do {commands[i]}.");
                }

                took?.Invoke(i, System.Diagnostics.Stopwatch.GetElapsedTime(started));
            }
        }
    }
}
