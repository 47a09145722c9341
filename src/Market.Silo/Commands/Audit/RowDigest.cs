using System.Buffers.Binary;
using System.Security.Cryptography;
using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// The hash of a row, computed from its documented form: SHA-256 of "mkt.row1" ‖ previous hash (zeros where rows are
/// not
/// chained) ‖ stream ‖ version ‖ writer ‖ previous writer ‖ due at (ticks, 0 for none) ‖ first and second agent of the
/// audience ‖ body; integers big-endian, 8 bytes, the agents 4.
/// </summary>
internal sealed class RowDigest
{
    private byte[] _bytes = new byte[1024];

    public void Compute(Hash32 previous, StoredRow row, Span<byte> hash)
    {
        const int headerLength = 88;
        var length = headerLength + row.Body.Length;
        if (_bytes.Length < length)
        {
            _bytes = new byte[length * 2];
        }

        var bytes = _bytes.AsSpan(0, length);
        "mkt.row1"u8.CopyTo(bytes);
        previous.CopyTo(bytes[8..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[40..], row.Stream);
        BinaryPrimitives.WriteInt64BigEndian(bytes[48..], row.Version);
        BinaryPrimitives.WriteInt64BigEndian(bytes[56..], row.Writer);
        BinaryPrimitives.WriteInt64BigEndian(bytes[64..], row.PreviousWriter);
        BinaryPrimitives.WriteInt64BigEndian(bytes[72..], row.DueAt ?? 0);
        BinaryPrimitives.WriteInt32BigEndian(bytes[80..], unchecked((int)row.AudienceFirst));
        BinaryPrimitives.WriteInt32BigEndian(bytes[84..], unchecked((int)row.AudienceSecond));
        row.Body.CopyTo(bytes[headerLength..]);
        SHA256.HashData(bytes, hash);
    }
}
