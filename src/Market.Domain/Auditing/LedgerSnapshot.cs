using Market.Domain.Settling;
using Market.Domain.Wire;

namespace Market.Domain.Auditing;

/// <summary>
/// The state of a book as bytes, in one form: its content, the ids that it remembers exactly, and in parts the index of
/// the older ones. A full part never changes, so a book of any age writes only what is new.
/// </summary>
public static class LedgerSnapshot
{
    /// <summary>Version of the form; bytes of another version are refused.</summary>
    public const int FormatVersion = 2;

    /// <summary>
    /// Copies what is to be saved, so that the state can go on while the copy becomes bytes elsewhere.
    /// </summary>
    public static LedgerCapture Capture(LedgerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var recent = state.Memory.Recent;
        var rows = new RememberedRow[(int)(recent.Count - recent.First)];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = recent[recent.First + i];
        }

        var log = state.Memory.Log;
        return new LedgerCapture(
            LedgerContent.Of(state), rows, [.. log.Unsaved], log.SavedCount, log.CopyOpen());
    }

    /// <summary>The state and all its parts in one run of bytes.</summary>
    /// <exception cref="InvalidOperationException">
    /// Parts were saved elsewhere before (<see cref="LedgerState.PartsSaved"/>), and are no longer here.
    /// </exception>
    public static byte[] Save(LedgerState state)
    {
        var capture = Capture(state);
        return capture.FirstPart == 0
            ? WireFormat.Encode(new WholeDocument(
                capture.EncodeState(), [.. Enumerable.Range(0, capture.PartCount).Select(capture.EncodePart)]))
            : throw new InvalidOperationException("Parts of this state were saved elsewhere: it is not whole.");
    }

    /// <summary>The state that <see cref="Save"/> saved.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="entriesMax">How many ids the state remembers exactly from now on.</param>
    /// <exception cref="FormatException">The bytes are not a state that this version saved.</exception>
    public static LedgerState Load(ReadOnlySpan<byte> bytes, int entriesMax = LedgerLimits.EntriesMax)
    {
        var whole = Decode<WholeDocument>(bytes);
        return Load(whole.State, [.. whole.Parts.Select(part => (ReadOnlyMemory<byte>)part)], entriesMax);
    }

    /// <summary>The state that a capture was made of.</summary>
    /// <param name="state">What <see cref="LedgerCapture.EncodeState"/> gave.</param>
    /// <param name="parts">All parts from the first one; later ones than the state's are left alone.</param>
    /// <param name="entriesMax">How many ids the state remembers exactly from now on.</param>
    /// <exception cref="FormatException">
    /// The bytes are not a state that this version saved, or a part is missing.
    /// </exception>
    public static LedgerState Load(
        ReadOnlySpan<byte> state, IReadOnlyList<ReadOnlyMemory<byte>> parts, int entriesMax = LedgerLimits.EntriesMax)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var document = Decode<LedgerDocument>(state);
        if (document.Format != FormatVersion)
        {
            throw new FormatException("The saved ledger state has another format version.");
        }

        if (parts.Count < document.PartCount)
        {
            throw new FormatException($"The saved ledger state has {document.PartCount} parts, not {parts.Count}.");
        }

        return LedgerRestore.Restore(document, parts, entriesMax);
    }

    private static T Decode<T>(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return WireFormat.Decode<T>(bytes);
        }
        catch (WireFormatException error)
        {
            throw new FormatException("The saved ledger state is not one that this version wrote.", error);
        }
    }
}

/// <summary>A state and its parts, for books that are saved as one piece.</summary>
internal sealed record WholeDocument(byte[] State, ValueArray<byte[]> Parts);

/// <summary>What is saved of a book, but for the full parts of its index.</summary>
/// <param name="Format">Version of the form.</param>
/// <param name="Content">The content.</param>
/// <param name="Recent">The ids remembered exactly, oldest first.</param>
/// <param name="PartCount">Full parts of the index.</param>
/// <param name="OpenTables">The rows of the part that is not full: the table of each.</param>
/// <param name="OpenSlots">Their slots, eight bytes each, little-endian.</param>
internal sealed record LedgerDocument(
    int Format,
    LedgerContent Content,
    ValueArray<RememberedRow> Recent,
    int PartCount,
    byte[] OpenTables,
    byte[] OpenSlots);
