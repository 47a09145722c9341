using System.Buffers.Binary;
using System.Security.Cryptography;
using Market.Domain;

namespace Market.Silo.Keys;

/// <summary>
/// Cursors into an agent's events: position, agent and a mark as one block of AES-128. Opaque, since a raw position
/// would tell the market's volume; durable, since nothing of it is stored; and of no use to another agent.
/// </summary>
/// <param name="keys">The market's keys.</param>
internal sealed class CursorCodec(MarketKeys keys) : IDisposable
{
    /// <summary>Bytes of a cursor.</summary>
    public const int Size = 16;

    private const uint Mark = 0x6D6B7401; // "mkt", format 1

    private readonly Lock _gate = new();
    private readonly Aes _aes = Create(keys.CursorKey);

    /// <summary>Starts to write cursors; what it returns is for one thread at a time.</summary>
    public Writer CreateWriter(AgentNumber agent)
    {
        lock (_gate)
        {
            return new Writer(_aes.CreateEncryptor(), agent);
        }
    }

    /// <summary>The position of a cursor, empty for the beginning; null where it is not one of this agent's.</summary>
    public long? Read(AgentNumber agent, ReadOnlySpan<byte> cursor)
    {
        if (cursor.IsEmpty)
        {
            return 0;
        }

        if (cursor.Length != Size)
        {
            return null;
        }

        Span<byte> block = stackalloc byte[Size];
        lock (_gate)
        {
            _aes.DecryptEcb(cursor, block, PaddingMode.None);
        }

        var position = BinaryPrimitives.ReadInt64BigEndian(block);
        return BinaryPrimitives.ReadInt32BigEndian(block[8..]) == agent.Value
            && BinaryPrimitives.ReadUInt32BigEndian(block[12..]) == Mark
            && position >= 0
                ? position
                : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _aes.Dispose();

    private static Aes Create(ReadOnlyMemory<byte> key)
    {
        var aes = Aes.Create();
        aes.Key = key.ToArray();
        aes.Mode = CipherMode.ECB; // one block that never repeats: no mode has more to give
        aes.Padding = PaddingMode.None;
        return aes;
    }

    /// <summary>Writes one agent's cursors.</summary>
    internal sealed class Writer(ICryptoTransform transform, AgentNumber agent) : IDisposable
    {
        private readonly byte[] _plain = new byte[Size];

        /// <summary>The cursor after a position.</summary>
        public byte[] Write(long position)
        {
            BinaryPrimitives.WriteInt64BigEndian(_plain, position);
            BinaryPrimitives.WriteInt32BigEndian(_plain.AsSpan(8), agent.Value);
            BinaryPrimitives.WriteUInt32BigEndian(_plain.AsSpan(12), Mark);
            var cursor = new byte[Size];
            transform.TransformBlock(_plain, 0, Size, cursor, 0);
            return cursor;
        }

        /// <inheritdoc/>
        public void Dispose() => transform.Dispose();
    }
}
