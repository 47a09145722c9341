using System.Numerics;

namespace Market.Domain.Wire.Formatters;

/// <summary>
/// An integer of any size, checked against its range. The branches on the type are resolved when it is compiled.
/// </summary>
internal sealed class IntegerFormatter<T> : WireFormatter<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    /// <inheritdoc/>
    public override void Write(MessagePackWriter writer, T value)
    {
        if (typeof(T) == typeof(ulong))
            writer.WriteUInt64(ulong.CreateTruncating(value));
        else
            writer.WriteInt64(long.CreateTruncating(value));
    }

    /// <inheritdoc/>
    public override T Read(ref MessagePackReader reader)
    {
        if (typeof(T) == typeof(ulong))
            return T.CreateTruncating(reader.ReadUInt64());

        return typeof(T) == typeof(long)
            ? T.CreateTruncating(reader.ReadInt64())
            : T.CreateTruncating(
                reader.ReadInteger(long.CreateTruncating(T.MinValue), long.CreateTruncating(T.MaxValue)));
    }
}
