namespace Market.Domain.Wire.Formatters;

/// <summary>A boolean.</summary>
internal sealed class BooleanFormatter : WireFormatter<bool>
{
    /// <inheritdoc/>
    public override void Write(MessagePackWriter writer, bool value) => writer.WriteBoolean(value);

    /// <inheritdoc/>
    public override bool Read(ref MessagePackReader reader) => reader.ReadBoolean();
}

/// <summary>A float of 64 bits.</summary>
internal sealed class DoubleFormatter : WireFormatter<double>
{
    /// <inheritdoc/>
    public override void Write(MessagePackWriter writer, double value) => writer.WriteFloat64(value);

    /// <inheritdoc/>
    public override double Read(ref MessagePackReader reader) => reader.ReadFloat64();
}

/// <summary>A text.</summary>
internal sealed class StringFormatter : WireFormatter<string>
{
    /// <inheritdoc/>
    public override void Write(MessagePackWriter writer, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteString(value);
    }

    /// <inheritdoc/>
    public override string Read(ref MessagePackReader reader) => reader.ReadString();
}

/// <summary>A UUID as 16 bytes of binary, big-endian, as RFC 9562 prints it.</summary>
internal sealed class GuidFormatter : WireFormatter<Guid>
{
    private const int Size = 16;

    /// <inheritdoc/>
    public override void Write(MessagePackWriter writer, Guid value) =>
        value.TryWriteBytes(writer.WriteBinary(Size), bigEndian: true, out _);

    /// <inheritdoc/>
    public override Guid Read(ref MessagePackReader reader) => new(reader.ReadBinary(Size), bigEndian: true);
}

/// <summary>A hash as 32 bytes of binary.</summary>
internal sealed class Hash256Formatter : WireFormatter<Hash256>
{
    /// <inheritdoc/>
    public override void Write(MessagePackWriter writer, Hash256 value) =>
        value.CopyTo(writer.WriteBinary(Hash256.Size));

    /// <inheritdoc/>
    public override Hash256 Read(ref MessagePackReader reader) => Hash256.FromBytes(reader.ReadBinary(Hash256.Size));
}

/// <summary>A span of time in ticks of 100 ns.</summary>
internal sealed class TimeSpanFormatter : WireFormatter<TimeSpan>
{
    /// <inheritdoc/>
    public override void Write(MessagePackWriter writer, TimeSpan value) => writer.WriteInt64(value.Ticks);

    /// <inheritdoc/>
    public override TimeSpan Read(ref MessagePackReader reader) => new(reader.ReadInt64());
}
