namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>A customer's or a business's id in the data set, in the order of its characters' codes.</summary>
/// <param name="Value">For example "business_0042".</param>
public readonly record struct MagenticId(string Value) : IComparable<MagenticId>
{
    /// <inheritdoc/>
    public int CompareTo(MagenticId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>Whether the first id comes earlier.</summary>
    public static bool operator <(MagenticId left, MagenticId right) => left.CompareTo(right) < 0;

    /// <summary>Whether the first id comes later.</summary>
    public static bool operator >(MagenticId left, MagenticId right) => left.CompareTo(right) > 0;

    /// <summary>Whether the first id comes earlier or is the same.</summary>
    public static bool operator <=(MagenticId left, MagenticId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the first id comes later or is the same.</summary>
    public static bool operator >=(MagenticId left, MagenticId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => Value;
}
