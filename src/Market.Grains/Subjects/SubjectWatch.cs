using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Grains.Journaling;
using Market.Grains.Watching;

namespace Market.Grains.Subjects;

/// <summary>
/// Follows the journal for what is left of every listing's stock and every request's need, and for the open
/// negotiations about them. Where nothing is available any more, held units counting as gone, all of them are to be
/// ended, uniformly: the word says neither who was quicker nor which of the two was gone.
/// </summary>
/// <param name="journal">The journal it follows.</param>
public sealed class SubjectWatch(IJournal journal) : NegotiationWatch<Asset>(journal, "subjects")
{
    private static readonly CancelNegotiation Gone = new(CancelReason.SubjectGone);

    private Remains _remains = new();

    /// <summary>
    /// Called with each stock or need of which nothing is left, outside any grain's turn. Must neither block nor throw.
    /// </summary>
    public Action<Asset>? SomethingGone { get; set; }

    /// <summary>
    /// What is available of a listing's units or a request's need, as of the last row taken; null where the book has
    /// had none of it.
    /// </summary>
    public long? AvailableOf(Asset subject)
    {
        lock (Gate)
        {
            return _remains.AvailableOf(subject);
        }
    }

    /// <inheritdoc/>
    protected override OpenNegotiation<Asset>? OpenedBy(JournalRow row) => SubjectRows.OpenedBy(row);

    /// <inheritdoc/>
    protected override void TakeEntry(JournalRow row, int number)
    {
        ArgumentNullException.ThrowIfNull(row);
        var gone =
            SubjectRows.IsDeal(number) ? _remains.Apply(SubjectRows.DealOf(row), new EntryNumber(row.Version))
            : SubjectRows.EntryOf(row, number) is { } entry ? _remains.Apply(entry, new EntryNumber(row.Version))
            : [];
        for (var i = 0; i < gone.Count; i++)
        {
            End(gone[i]);
            SomethingGone?.Invoke(gone[i]);
        }
    }

    /// <inheritdoc/>
    protected override bool HasEnded(Asset key) => _remains.IsGone(key);

    /// <inheritdoc/>
    protected override NegotiationCommand WordOf(Asset ended) => Gone;

    /// <inheritdoc/>
    protected override byte[] Save() => WireFormat.Encode(new SavedSubjectWatch(_remains.Save(), Open));

    /// <inheritdoc/>
    protected override bool TryLoad(ReadOnlySpan<byte> state)
    {
        try
        {
            var saved = WireFormat.Decode<SavedSubjectWatch>(state);
            _remains = Remains.Load(saved.Remains);
            foreach (var open in saved.Open)
            {
                Add(open);
            }

            return true;
        }
        catch (WireFormatException)
        {
            return false; // another version's form: the journal is read from its start instead
        }
    }
}
