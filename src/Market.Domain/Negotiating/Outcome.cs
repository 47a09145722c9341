namespace Market.Domain.Negotiating;

/// <summary>
/// A value for every issue of an agenda, in the agenda's order. See <see cref="Issue"/> for what a value means.
/// </summary>
/// <param name="Values">One integer an issue.</param>
public readonly record struct Outcome(ValueArray<long> Values)
{
    /// <summary>The value of the issue at a place from 0.</summary>
    public long this[int issue] => Values[issue];

    /// <summary>An outcome of these values.</summary>
    public static Outcome Of(params ReadOnlySpan<long> values) => new(ValueArray.Create(values));

    /// <inheritdoc/>
    public override string ToString() => Values.ToString();
}
