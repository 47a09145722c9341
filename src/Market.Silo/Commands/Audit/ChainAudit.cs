using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// The hashes of rows: those of the ledger chained from the book's genesis on (INV-14), every other row by itself.
/// </summary>
internal sealed class ChainAudit(MarketId market)
{
    private readonly RowDigest _digest = new();
    private Hash32 _head = GenesisOf(market);
    private Hash32? _otherHead;

    /// <summary>Whether every entry so far followed from the one before.</summary>
    public bool IsVerified { get; private set; } = true;

    /// <summary>Hash of the last entry so far.</summary>
    public Hash32 Head => _head;

    /// <summary>The hash that a row should have, where it has another; null where it has the right one.</summary>
    public Hash32? FindDifference(StoredRow row, bool isChained)
    {
        Span<byte> hash = stackalloc byte[Hash32.Size];
        if (!isChained)
        {
            _digest.Compute(default(Hash32), row, hash);
            return hash.SequenceEqual(row.Hash) ? null : Hash32.From(hash);
        }

        _digest.Compute(_head, row, hash);
        var expected = Hash32.From(hash);
        if (hash.SequenceEqual(row.Hash))
        {
            (_head, _otherHead) = (expected, null);
            return null;
        }

        if (_otherHead is { } other)
        {
            // The entry before was damaged, in its hash or elsewhere: this one follows from what it was.
            _digest.Compute(other, row, hash);
            if (hash.SequenceEqual(row.Hash))
            {
                (_head, _otherHead) = (Hash32.From(hash), null);
                return null;
            }
        }

        IsVerified = false;
        _head = row.Hash.Length == Hash32.Size ? Hash32.From(row.Hash) : expected;
        _otherHead = expected;
        return expected;
    }

    /// <summary>
    /// What the book's first entry follows: SHA-256 of "mkt.book" ‖ market id (16 bytes) ‖ format version 1 (4 bytes),
    /// big-endian.
    /// </summary>
    private static Hash32 GenesisOf(MarketId market) =>
        Hash32.Of([.. "mkt.book"u8, .. market.Value.ToByteArray(bigEndian: true), 0, 0, 0, 1]);
}
