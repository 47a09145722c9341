namespace Market.Domain.Wire.Formatters;

/// <summary>
/// A record as the array of its constructor parameters, or a struct with one parameter as that parameter's value. Its
/// code is generated when it is first used, so that types may refer to each other.
/// </summary>
internal sealed class RecordFormatter<T> : WireFormatter<T>
{
    private static readonly bool IsSealed = typeof(T).IsSealed;

    // Two threads may generate the same code at once; either result is right.
    private WriteRecord<T>? _write;
    private ReadRecord<T>? _read;

    /// <inheritdoc/>
    public override void Write(MessagePackWriter writer, T value)
    {
        if (value is null)
            throw new ArgumentNullException(nameof(value), $"A {typeof(T)} may not be null here.");

        // A derived record would lose what it adds.
        if (!IsSealed && value.GetType() != typeof(T))
        {
            throw new ArgumentException(
                $"A {value.GetType()} stands for a {typeof(T)}, which is not abstract.", nameof(value));
        }

        (_write ??= RecordCompiler.CompileWrite<T>())(writer, value);
    }

    /// <inheritdoc/>
    public override T Read(ref MessagePackReader reader) => (_read ??= RecordCompiler.CompileRead<T>())(ref reader);
}

/// <summary>Generated code that writes a record.</summary>
internal delegate void WriteRecord<T>(MessagePackWriter writer, T value);

/// <summary>Generated code that reads a record.</summary>
internal delegate T ReadRecord<T>(ref MessagePackReader reader);
