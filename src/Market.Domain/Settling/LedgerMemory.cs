using System.Runtime.CompilerServices;

namespace Market.Domain.Settling;

/// <summary>
/// The ids that the book knows, as long as it lives (INV-8), in bounded memory: the newest rows exactly, of the older
/// ones only where to look in the journal. Both follow from the entries alone.
/// </summary>
/// <param name="rowsMax">Rows that are kept exactly.</param>
internal sealed class LedgerMemory(int rowsMax)
{
    public RecentRows Recent { get; } = new(rowsMax);

    public EntryIndex Older { get; } = new();

    public EntryIndexLog Log { get; } = new();

    public void Add(in RememberedRow row)
    {
        var hash = HashOf(row.Kind, row.Id);
        LedgerAssert.That(
            Unsafe.IsNullRef(in Recent.Find(row.Kind, row.Id, hash)), "An entry uses an id that was used before.");
        if (Recent.IsFull)
        {
            var oldHash = Recent.OldestHash;
            var table = EntryIndex.TableOf(oldHash);
            var slot = EntryIndex.SlotOf(oldHash, Recent[Recent.First].Entry);
            Older.Add(table, slot);
            Log.Add(table, slot);
        }

        Recent.Add(row, hash);
    }

    /// <summary>
    /// A hash of an id that is the same on every machine and in every run, since parts of it are saved.
    /// </summary>
    public static ulong HashOf(RememberedKind kind, in Hash256 id)
    {
        unchecked
        {
            const ulong Odd = 0x9E3779B97F4A7C15;
            var hash = (id.A ^ ((ulong)kind * Odd)) * 0xBF58476D1CE4E5B9;
            hash = ((hash ^ (hash >> 32)) + id.B) * 0x94D049BB133111EB;
            hash = ((hash ^ (hash >> 29)) + id.C) * 0xD6E8FEB86659FD93;
            hash = ((hash ^ (hash >> 32)) + id.D) * Odd;
            hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
            return hash ^ (hash >> 32);
        }
    }
}
