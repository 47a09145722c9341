namespace Market.Domain.Negotiating;

/// <summary>What a negotiable dimension means, and so how the server computes totals from it.</summary>
public enum IssueKind : byte
{
    /// <summary>Price of one unit, in minor units of the agenda's currency.</summary>
    UnitPrice = 1,

    /// <summary>Price of the whole order, in minor units of the agenda's currency.</summary>
    TotalPrice = 2,

    /// <summary>Units of the listing that change hands.</summary>
    Quantity = 3,

    /// <summary>A whole number in a range with a step: delivery days, warranty months.</summary>
    Range = 4,

    /// <summary>One of several named choices; its value is the choice's place from 0.</summary>
    Choice = 5,
}

/// <summary>
/// One negotiable dimension. Its values are integers: minor units, counts, or places of choices; so terms are exact and
/// have one form. Value k is <c>Minimum + k × Step</c>.
/// </summary>
/// <param name="Name">What people call it, unique in its agenda.</param>
/// <param name="Kind">What its values mean.</param>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value; reached by a whole number of steps.</param>
/// <param name="Step">Distance of neighbouring values, at least 1.</param>
/// <param name="Choices">
/// The names of the choices where <paramref name="Kind"/> is <see cref="IssueKind.Choice"/>, else empty.
/// </param>
public sealed record Issue(
    string Name, IssueKind Kind, long Minimum, long Maximum, long Step, ValueArray<string> Choices)
{
    /// <summary>Number of values.</summary>
    public long LevelCount => ((Maximum - Minimum) / Step) + 1;

    /// <summary>A price of one unit, from one amount to another in steps of minor units.</summary>
    public static Issue UnitPrice(long minimum, long maximum, long step = 1) =>
        new("unit price", IssueKind.UnitPrice, minimum, maximum, step, []);

    /// <summary>A price of the whole order, from one amount to another in steps of minor units.</summary>
    public static Issue TotalPrice(long minimum, long maximum, long step = 1) =>
        new("total price", IssueKind.TotalPrice, minimum, maximum, step, []);

    /// <summary>How many units change hands.</summary>
    public static Issue Quantity(long minimum, long maximum) =>
        new("quantity", IssueKind.Quantity, minimum, maximum, 1, []);

    /// <summary>A whole number in a range.</summary>
    public static Issue Range(string name, long minimum, long maximum, long step = 1) =>
        new(name, IssueKind.Range, minimum, maximum, step, []);

    /// <summary>One of several names.</summary>
    public static Issue Choice(string name, params ReadOnlySpan<string> choices) =>
        new(name, IssueKind.Choice, 0, choices.Length - 1, 1, ValueArray.Create(choices));

    /// <summary>Whether a value is one of this issue's.</summary>
    public bool Contains(long value) => value >= Minimum && value <= Maximum && (value - Minimum) % Step == 0;
}
