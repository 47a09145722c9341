namespace Market.Domain.Wire;

/// <summary>
/// Gives a record its number on the wire and in the journal. A number is for ever: it is never changed and never given
/// to
/// another record. The ranges are those of <see cref="WireCatalog"/>.
/// </summary>
/// <param name="number">0 to 65,535.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class WireTypeAttribute(int number) : Attribute
{
    /// <summary>The number.</summary>
    public int Number { get; } = number;
}
