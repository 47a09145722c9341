using System.Security.Cryptography;
using Market.Domain;
using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>What all activations of a silo share.</summary>
/// <param name="journal">Where their events go.</param>
/// <param name="codec">The form of the events.</param>
/// <param name="grains">Makes a fresh grain; null where the kind is unknown.</param>
/// <param name="creates">Whether a message may bring a grain into being that has no row yet.</param>
/// <param name="tell">Passes on a tell, once it may leave.</param>
/// <param name="time">The clock that gives events their time.</param>
/// <param name="onError">Takes what an operator must hear of: a sentence, and the exception.</param>
public sealed class ActivationServices(
    IJournal journal,
    IEventCodec codec,
    Func<GrainId, IGrain?> grains,
    Func<object, bool> creates,
    Action<Tell> tell,
    TimeProvider time,
    Action<string, Exception?> onError)
{
    private int _snapshotsPending;

    /// <summary>Where events go.</summary>
    public IJournal Journal => journal;

    /// <summary>The form of events.</summary>
    public IEventCodec Codec => codec;

    /// <summary>The moment on the clock.</summary>
    public LedgerTime Now => LedgerTime.FromUtc(time.GetUtcNow());

    /// <summary>Source of writers' ids; whatever it gives, 0 is not used.</summary>
    public Func<long> WriterIds { get; init; } = RandomWriter;

    /// <summary>Entries of a stream from one snapshot to the next.</summary>
    public int SnapshotEvery { get; init; } = 100_000;

    /// <summary>
    /// Fewest new entries for which an unload or a drain saves a snapshot; below, replaying is as fast.
    /// </summary>
    public int SnapshotOnUnloadMin { get; init; } = 1_000;

    /// <summary>Format of the snapshots that this program writes; those of another one are ignored.</summary>
    public int SnapshotFormat { get; init; } = 1;

    /// <summary>Snapshots that are being written.</summary>
    public int SnapshotsPending => Volatile.Read(ref _snapshotsPending);

    /// <summary>Called after each snapshot has been written, or has failed to be.</summary>
    public Action? SnapshotWritten { get; init; }

    /// <summary>A fresh grain, or null where the kind is unknown.</summary>
    public IGrain? CreateGrain(GrainId grain) => grains(grain);

    /// <summary>
    /// Whether a message may reach a grain that has no row yet: an unknown id must not activate a grain (S12). Those
    /// that every market has once are always there.
    /// </summary>
    public bool MayCreate(GrainId grain, object message) =>
        grain == GrainId.Directory || grain == GrainId.Ledger || creates(message);

    /// <summary>A random id for an activation, never 0.</summary>
    public long NewWriter()
    {
        long writer;
        do
        {
            writer = WriterIds();
        }
        while (writer == 0);
        return writer;
    }

    /// <summary>Passes on a tell.</summary>
    public void Tell(Tell message) => tell(message);

    /// <summary>Reports what an operator must hear of.</summary>
    public void Report(string what, Exception? error) => onError(what, error);

    /// <summary>
    /// Makes and writes a snapshot on the thread pool; one that cannot be written is reported, and nothing depends on
    /// it.
    /// </summary>
    internal void WriteSnapshot(CapturedSnapshot snapshot)
    {
        Interlocked.Increment(ref _snapshotsPending);
        _ = Task.Run(async () =>
        {
            try
            {
                await journal.SaveSnapshotAsync(snapshot.Encode()).ConfigureAwait(false);
                snapshot.State.Saved?.Invoke();
            }
#pragma warning disable CA1031 // A snapshot is a shortcut; whatever stops it must not stop the grain.
            catch (Exception error)
#pragma warning restore CA1031
            {
                onError($"Snapshot {snapshot.Version} of stream {snapshot.Stream} was not saved.", error);
            }
            finally
            {
                Interlocked.Decrement(ref _snapshotsPending);
                SnapshotWritten?.Invoke();
            }
        });
    }

    /// <summary>A number from the cryptographic source.</summary>
    public static long RandomWriter()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToInt64(bytes);
    }
}
