using Market.Domain;
using Market.Domain.Auditing;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// The hashes of rows: those of the ledger chained from the book's genesis on (INV-14), every other row by itself.
/// </summary>
internal sealed class ChainAudit(MarketId market)
{
    private readonly RowDigest _digest = new();
    private Hash256 _head = EntryHash.Genesis(market);
    private Hash256? _otherHead;

    /// <summary>Whether every entry so far followed from the one before.</summary>
    public bool IsVerified { get; private set; } = true;

    /// <summary>The hash that a row should have, where it has another; null where it has the right one.</summary>
    public Hash256? FindDifference(StoredRow row, bool isChained)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        if (!isChained)
        {
            _digest.Compute(Hash256.Zero, row, hash);
            return hash.SequenceEqual(row.Hash) ? null : Hash256.FromBytes(hash);
        }

        _digest.Compute(_head, row, hash);
        var expected = Hash256.FromBytes(hash);
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
                (_head, _otherHead) = (Hash256.FromBytes(hash), null);
                return null;
            }
        }

        IsVerified = false;
        _head = row.Hash.Length == Hash256.Size ? Hash256.FromBytes(row.Hash) : expected;
        _otherHead = expected;
        return expected;
    }
}
