namespace Market.Domain.Wire.Formatters;

/// <summary>Values in an array.</summary>
internal sealed class ArrayFormatter<T> : WireFormatter<T[]>
{
    /// <inheritdoc/>
    public override void Write(MessagePackWriter writer, T[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        WriteElements(writer, value);
    }

    /// <inheritdoc/>
    public override T[] Read(ref MessagePackReader reader)
    {
        var element = WireFormatterOf<T>.Instance;

        // The reader has checked that the input holds a byte for each element, so the array is in proportion to it.
        var count = reader.BeginArray();
        var items = count == 0 ? [] : new T[count];
        for (var i = 0; i < items.Length; i++)
            items[i] = element.Read(ref reader);

        reader.EndArray();
        return items;
    }

    /// <summary>Writes an array of elements.</summary>
    public static void WriteElements(MessagePackWriter writer, ReadOnlySpan<T> items)
    {
        var element = WireFormatterOf<T>.Instance;
        writer.BeginArray(items.Length);
        foreach (var item in items)
            element.Write(writer, item);

        writer.EndArray();
    }
}

/// <summary>Values in a list that compares by value.</summary>
internal sealed class ValueArrayFormatter<T> : WireFormatter<ValueArray<T>>
{
    private static readonly ArrayFormatter<T> Elements = new();

    /// <inheritdoc/>
    public override void Write(MessagePackWriter writer, ValueArray<T> value) =>
        ArrayFormatter<T>.WriteElements(writer, value.AsSpan());

    /// <inheritdoc/>
    public override ValueArray<T> Read(ref MessagePackReader reader) => new(Elements.Read(ref reader));
}
