using Market.Domain;
using Market.Grains.Hosting;

namespace Market.Grains.Journaling;

/// <summary>
/// One act as it is stored. Its predecessor is named by version and writer, so that a row of a writer that lost an
/// earlier append can never follow (INV-17).
/// </summary>
/// <param name="Position">
/// Place in the whole journal, in commit order, from 1 without gaps; 0 while it is not committed.
/// </param>
/// <param name="Stream">Number of the stream, given when the stream was opened; growing.</param>
/// <param name="Version">Place in the stream, from 1 without gaps.</param>
/// <param name="Writer">Random id of the activation that wrote it, never 0.</param>
/// <param name="PreviousWriter">Writer of version − 1; 0 at version 1.</param>
/// <param name="DueAt">The stream's one armed deadline after this act, or null.</param>
/// <param name="Audience">The agents who may see it.</param>
/// <param name="Body">The event, `[number, payload]` in the wire's form; the exact bytes that were hashed.</param>
/// <param name="Hash">The chain's hash for the ledger, else <see cref="RowHash"/> of the row.</param>
public sealed record JournalRow(
    long Position,
    long Stream,
    long Version,
    long Writer,
    long PreviousWriter,
    LedgerTime? DueAt,
    Audience Audience,
    ReadOnlyMemory<byte> Body,
    Hash256 Hash)
{
    private long _position = Position;

    /// <summary>Place in the whole journal, in commit order, from 1; 0 while the row is not committed.</summary>
    public long Position
    {
        get => _position;
        init => _position = value;
    }

    /// <summary>Gives the row its place; once, by the commit, before anybody else sees it.</summary>
    internal void TakePosition(long position) => _position = position;
}

/// <summary>A stream as the journal knows it when it is opened.</summary>
/// <param name="Number">Its number; a new one when nothing was ever appended to it.</param>
/// <param name="Version">Version of its last row; 0 when there is none.</param>
/// <param name="Writer">Writer of its last row; 0 when there is none.</param>
public readonly record struct StreamHead(long Number, long Version, long Writer);

/// <summary>A saved state of a stream.</summary>
/// <param name="Stream">Number of the stream.</param>
/// <param name="Version">The last version folded in.</param>
/// <param name="Format">Format of <paramref name="State"/>; another one than the program's is ignored.</param>
/// <param name="StateHash">
/// Hash of <paramref name="State"/>; one that does not match is ignored, and the stream replayed.
/// </param>
/// <param name="State">The state.</param>
/// <param name="Parts">
/// Parts of the state that never change: when it is saved those that are new, when it is loaded all from the first on.
/// </param>
public sealed record Snapshot(
    long Stream,
    long Version,
    int Format,
    Hash256 StateHash,
    ReadOnlyMemory<byte> State,
    ValueArray<SnapshotPart> Parts = default);

/// <summary>A part of a saved state, kept for all later snapshots of its stream.</summary>
/// <param name="Number">Its number, from 0 without gaps.</param>
/// <param name="Hash">Hash of <paramref name="Bytes"/>; a part that does not match is as good as none.</param>
/// <param name="Bytes">The part.</param>
public sealed record SnapshotPart(int Number, Hash256 Hash, ReadOnlyMemory<byte> Bytes);
