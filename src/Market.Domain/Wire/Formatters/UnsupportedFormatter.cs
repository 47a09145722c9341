namespace Market.Domain.Wire.Formatters;

/// <summary>Stands for a type without a wire form, so that the defect is named where the type is used.</summary>
internal sealed class UnsupportedFormatter<T>(string reason) : WireFormatter<T>, IUnsupportedFormatter
{
    /// <inheritdoc/>
    public string Reason => $"{typeof(T)} has no wire form: {reason}.";

    /// <inheritdoc/>
    public override void Write(MessagePackWriter writer, T value) => throw new NotSupportedException(Reason);

    /// <inheritdoc/>
    public override T Read(ref MessagePackReader reader) => throw new NotSupportedException(Reason);
}

/// <summary>Tells a record that a member's type has no wire form.</summary>
internal interface IUnsupportedFormatter
{
    /// <summary>The type and why, as a sentence.</summary>
    string Reason { get; }
}
