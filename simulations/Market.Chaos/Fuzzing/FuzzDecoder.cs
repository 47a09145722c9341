using Market.Domain.Wire;

namespace Market.Chaos.Fuzzing;

/// <summary>One way in which hostile bytes are read, and how what was read is written again.</summary>
internal abstract class FuzzDecoder
{
    /// <summary>What it reads; a row of the coverage.</summary>
    public abstract string Name { get; }

    /// <summary>Reasons of refusal that some input can bring about, by the form of what is read.</summary>
    public abstract IReadOnlySet<WireFormatReason> Reachable { get; }

    /// <summary>Whether what is accepted has one form only, with nothing skipped and nothing defaulted.</summary>
    public virtual bool IsExact => false;

    /// <summary>A valid encoding.</summary>
    public abstract byte[] Make(FuzzValues values);

    /// <summary>Reads all of the bytes.</summary>
    /// <exception cref="WireFormatException">They are no such value.</exception>
    public abstract object Decode(ReadOnlySpan<byte> bytes);

    /// <summary>Writes what was read.</summary>
    public abstract void Encode(MessagePackWriter writer, object value);
}

/// <summary>The payload of a message type.</summary>
internal sealed class PayloadDecoder(int number, Type type) : FuzzDecoder
{
    /// <inheritdoc/>
    public override string Name { get; } = $"{number} {type.Name}";

    /// <inheritdoc/>
    public override IReadOnlySet<WireFormatReason> Reachable { get; } = WireReach.Of(type);

    /// <inheritdoc/>
    public override byte[] Make(FuzzValues values)
    {
        values.Writer.Reset();
        WireCatalog.WritePayload(values.Writer, values.Next(type));
        return values.Writer.ToArray();
    }

    /// <inheritdoc/>
    public override object Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        var message = WireCatalog.ReadPayload(number, ref reader);
        reader.RequireEnd();
        return message;
    }

    /// <inheritdoc/>
    public override void Encode(MessagePackWriter writer, object value) => WireCatalog.WritePayload(writer, value);
}

/// <summary>A value of one type, by its formatter.</summary>
internal sealed class ValueDecoder<T>(string name, bool isExact = false) : FuzzDecoder
    where T : notnull
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override bool IsExact => isExact;

    /// <inheritdoc/>
    public override IReadOnlySet<WireFormatReason> Reachable { get; } = WireReach.Of(typeof(T));

    /// <inheritdoc/>
    public override byte[] Make(FuzzValues values) => WireFormat.Encode((T)values.Next(typeof(T)));

    /// <inheritdoc/>
    public override object Decode(ReadOnlySpan<byte> bytes) => WireFormat.Decode<T>(bytes);

    /// <inheritdoc/>
    public override void Encode(MessagePackWriter writer, object value) => WireFormat.Write(writer, (T)value);
}

/// <summary>Any MessagePack value at all, read past: what a newer writer may have appended.</summary>
internal sealed class SkipDecoder : FuzzDecoder
{
    /// <inheritdoc/>
    public override string Name => "skip";

    /// <inheritdoc/>
    public override bool IsExact => true;

    /// <inheritdoc/>
    public override IReadOnlySet<WireFormatReason> Reachable { get; } = new HashSet<WireFormatReason>
    {
        WireFormatReason.Truncated, WireFormatReason.TrailingBytes, WireFormatReason.WrongKind,
        WireFormatReason.TooDeep,
    };

    /// <inheritdoc/>
    public override byte[] Make(FuzzValues values) => WireFormat.Encode((Fields)values.Next(typeof(Fields)));

    /// <inheritdoc/>
    public override object Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        var value = reader.ReadEncoded();
        reader.RequireEnd();
        return value.ToArray();
    }

    /// <inheritdoc/>
    public override void Encode(MessagePackWriter writer, object value) => writer.WriteEncoded((byte[])value);
}
