namespace Market.Domain.Wire.Formatters;

/// <summary>One of several message types, as <c>[type number, payload]</c>.</summary>
/// <typeparam name="T">What they have in common: an abstract record, an interface, or object for any
/// message.</typeparam>
internal sealed class TaggedFormatter<T> : WireFormatter<T>
    where T : class
{
    /// <inheritdoc/>
    public override void Write(MessagePackWriter writer, T value) => WireCatalog.WriteTagged(writer, value);

    /// <inheritdoc/>
    public override T Read(ref MessagePackReader reader) => (T)WireCatalog.ReadTagged(ref reader, typeof(T));
}
