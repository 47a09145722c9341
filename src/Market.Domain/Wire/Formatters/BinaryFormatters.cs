namespace Market.Domain.Wire.Formatters;

/// <summary>Bytes in an array, as binary.</summary>
internal sealed class ByteArrayFormatter : WireFormatter<byte[]>
{
    /// <inheritdoc/>
    public override void Write(MessagePackWriter writer, byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteBinary(value);
    }

    /// <inheritdoc/>
    public override byte[] Read(ref MessagePackReader reader) => reader.ReadBinary().ToArray();
}

/// <summary>Bytes in memory, as binary.</summary>
internal sealed class MemoryFormatter : WireFormatter<ReadOnlyMemory<byte>>
{
    /// <inheritdoc/>
    public override void Write(MessagePackWriter writer, ReadOnlyMemory<byte> value) => writer.WriteBinary(value.Span);

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Read(ref MessagePackReader reader) => reader.ReadBinary().ToArray();
}

/// <summary>Bytes in a list that compares by value, as binary.</summary>
internal sealed class ByteValueArrayFormatter : WireFormatter<ValueArray<byte>>
{
    /// <inheritdoc/>
    public override void Write(MessagePackWriter writer, ValueArray<byte> value) => writer.WriteBinary(value.AsSpan());

    /// <inheritdoc/>
    public override ValueArray<byte> Read(ref MessagePackReader reader) => ValueArray.Create(reader.ReadBinary());
}
