namespace Market.Domain.Wire.Formatters;

/// <summary>A value that may be absent: nil or the value.</summary>
internal sealed class NullableFormatter<T> : WireFormatter<T?>
    where T : struct
{
    /// <inheritdoc/>
    public override void Write(MessagePackWriter writer, T? value)
    {
        if (value is { } present)
            WireFormatterOf<T>.Instance.Write(writer, present);
        else
            writer.WriteNil();
    }

    /// <inheritdoc/>
    public override T? Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : WireFormatterOf<T>.Instance.Read(ref reader);
}

/// <summary>A reference that may be absent: nil or what it refers to.</summary>
internal sealed class NullableReferenceFormatter<T> : WireFormatter<T?>
    where T : class
{
    /// <summary>
    /// The one formatter of nullable references to a type; used where a parameter's annotation allows null.
    /// </summary>
    public static readonly WireFormatter<T?> Instance = new NullableReferenceFormatter<T>();

    /// <inheritdoc/>
    public override void Write(MessagePackWriter writer, T? value)
    {
        if (value is null)
            writer.WriteNil();
        else
            WireFormatterOf<T>.Instance.Write(writer, value);
    }

    /// <inheritdoc/>
    public override T? Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : WireFormatterOf<T>.Instance.Read(ref reader);
}
