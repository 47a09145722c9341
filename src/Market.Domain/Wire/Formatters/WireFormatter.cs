namespace Market.Domain.Wire.Formatters;

/// <summary>Writes and reads values of one type that is known only at run time.</summary>
internal abstract class WireFormatter
{
    /// <summary>Writes a value of the formatter's type.</summary>
    public abstract void WriteObject(MessagePackWriter writer, object value);

    /// <summary>Reads a value of the formatter's type.</summary>
    public abstract object ReadObject(ref MessagePackReader reader);
}

/// <summary>Writes and reads values of one type. Stateless, so one instance serves all threads.</summary>
/// <typeparam name="T">The type.</typeparam>
internal abstract class WireFormatter<T> : WireFormatter
{
    /// <summary>Writes a value.</summary>
    /// <exception cref="ArgumentException">The value could not be read again: an undefined enumeration member,
    /// null.</exception>
    public abstract void Write(MessagePackWriter writer, T value);

    /// <summary>Reads a value.</summary>
    /// <exception cref="WireFormatException">The input is not the form of such a value.</exception>
    public abstract T Read(ref MessagePackReader reader);

    /// <inheritdoc/>
    public sealed override void WriteObject(MessagePackWriter writer, object value) => Write(writer, (T)value);

    /// <inheritdoc/>
    public sealed override object ReadObject(ref MessagePackReader reader) => Read(ref reader)!;
}

/// <summary>The one formatter of a type, made when it is first asked for.</summary>
/// <typeparam name="T">The type.</typeparam>
internal static class WireFormatterOf<T>
{
    /// <summary>
    /// The formatter. Making one never touches another type's, so records may hold lists of themselves; a type without
    /// a wire form gets one that says so when it is used.
    /// </summary>
    public static readonly WireFormatter<T> Instance = (WireFormatter<T>)WireFormatterFactory.Create(typeof(T));
}
