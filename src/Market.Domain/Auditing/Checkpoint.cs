using System.Buffers.Binary;
using Market.Domain.Settling;

namespace Market.Domain.Auditing;

/// <summary>
/// What the market publishes of its book from time to time, outside the book's own store: whoever has it knows, of any
/// later copy of the book, whether the entries up to here are still the same (INV-14).
/// </summary>
/// <param name="Market">The market whose book it is.</param>
/// <param name="Entry">The last entry that it covers.</param>
/// <param name="Head">Hash of that entry, and so of all entries up to it.</param>
/// <param name="At">When it was taken, by the market's clock.</param>
public sealed record Checkpoint(MarketId Market, EntryNumber Entry, Hash256 Head, LedgerTime At)
{
    /// <summary>Bytes of <see cref="ToContent"/>.</summary>
    public const int ContentBytes = sizeof(long) + Hash256.Size + sizeof(long);

    /// <summary>
    /// What is signed, after purpose, market and version: entry (8 bytes) ‖ head (32) ‖ at (ticks, 8), big-endian.
    /// </summary>
    public byte[] ToContent()
    {
        var content = new byte[ContentBytes];
        BinaryPrimitives.WriteInt64BigEndian(content, Entry.Value);
        Head.CopyTo(content.AsSpan(sizeof(long)));
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(sizeof(long) + Hash256.Size), At.Ticks);
        return content;
    }
}

/// <summary>A checkpoint with the market's signature.</summary>
/// <param name="Checkpoint">What it says.</param>
/// <param name="Signature">
/// ES256 over <see cref="Wire.Messages.SignedPayload.ForCheckpoint"/>; 64 bytes, r then s.
/// </param>
/// <param name="KeyId">Which of the market's keys signed.</param>
public sealed record SignedCheckpoint(Checkpoint Checkpoint, ReadOnlyMemory<byte> Signature, string KeyId);
