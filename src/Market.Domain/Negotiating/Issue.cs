namespace Market.Domain.Negotiating;

/// <summary>
/// One dimension of a deal, negotiable or fixed. Its values are integers: minor units, counts, days, or places of
/// choices; so terms are exact and have one form. Value k is <c>Minimum + k × Step</c>.
/// </summary>
/// <param name="Name">What people call it, unique in its agenda.</param>
/// <param name="Kind">What its values mean.</param>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value; reached by a whole number of steps.</param>
/// <param name="Step">Distance of neighbouring values, at least 1.</param>
/// <param name="Choices">
/// The names of the choices where <paramref name="Kind"/> is <see cref="IssueKind.Choice"/>, else empty.
/// </param>
/// <param name="Fixed">The only value, where the issue is not negotiable; null where it is.</param>
public sealed record Issue(
    string Name,
    IssueKind Kind,
    long Minimum,
    long Maximum,
    long Step,
    ValueArray<string> Choices,
    long? Fixed = null)
{
    /// <summary>The last day that a date issue can have: 9999-12-31.</summary>
    public const long DayMax = 2_932_896;

    /// <summary>Number of values; 1 where it is fixed, and of a text, which only its label tells apart.</summary>
    public long LevelCount => Fixed is null ? ((Maximum - Minimum) / Step) + 1 : 1;

    /// <summary>Whether the parties can agree on more than one value or text.</summary>
    public bool IsNegotiable => LevelCount > 1 || Kind == IssueKind.Text;

    /// <summary>Whether this is the price, of a unit or of the whole order.</summary>
    public bool IsPrice => Kind is IssueKind.UnitPrice or IssueKind.TotalPrice;

    /// <summary>The smallest value that an outcome can have.</summary>
    public long Lowest => Fixed ?? Minimum;

    /// <summary>The largest value that an outcome can have.</summary>
    public long Highest => Fixed ?? Maximum;

    /// <summary>A price of one unit, from one amount to another in steps of minor units.</summary>
    public static Issue UnitPrice(long minimum, long maximum, long step = 1) =>
        new("unit price", IssueKind.UnitPrice, minimum, maximum, step, []);

    /// <summary>A price of the whole order, from one amount to another in steps of minor units.</summary>
    public static Issue TotalPrice(long minimum, long maximum, long step = 1) =>
        new("total price", IssueKind.TotalPrice, minimum, maximum, step, []);

    /// <summary>How many units change hands.</summary>
    public static Issue Quantity(long minimum, long maximum, long step = 1) =>
        new("quantity", IssueKind.Quantity, minimum, maximum, step, []);

    /// <summary>A whole number in a range.</summary>
    public static Issue Range(string name, long minimum, long maximum, long step = 1) =>
        new(name, IssueKind.Range, minimum, maximum, step, []);

    /// <summary>One of several names.</summary>
    public static Issue Choice(string name, params ReadOnlySpan<string> choices) =>
        new(name, IssueKind.Choice, 0, choices.Length - 1, 1, ValueArray.Create(choices));

    /// <summary>An amount that is no part of the price, in minor units of the agenda's currency.</summary>
    public static Issue Money(string name, long minimum, long maximum, long step = 1) =>
        new(name, IssueKind.Money, minimum, maximum, step, []);

    /// <summary>A day between two days, every <paramref name="stepDays"/> days from the first.</summary>
    public static Issue Date(string name, DateOnly earliest, DateOnly latest, int stepDays = 1) =>
        new(name, IssueKind.Date, ValueOf(earliest), ValueOf(latest), stepDays, []);

    /// <summary>Yes or no.</summary>
    public static Issue Boolean(string name) => new(name, IssueKind.Boolean, 0, 1, 1, []);

    /// <summary>A short text that the parties agree on; see <see cref="Terms.Labels"/>.</summary>
    public static Issue Text(string name) => new(name, IssueKind.Text, 0, 0, 1, []);

    /// <summary>The value of a day in a date issue.</summary>
    public static long ValueOf(DateOnly day) => day.DayNumber - new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>The day of a date issue's value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no day up to 9999-12-31.</exception>
    public static DateOnly DayOf(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, DayMax);
        return new DateOnly(1970, 1, 1).AddDays((int)value);
    }

    /// <summary>The same issue with one value only: shown, and not negotiable.</summary>
    public Issue FixedAt(long value) => this with { Fixed = value };

    /// <summary>
    /// Whether a value is one of this issue's. Also an issue that no agenda may have is asked, so it holds for any
    /// bounds and steps: what is counted from the minimum fits 64 bits without a sign, and no step leads nowhere.
    /// </summary>
    public bool Contains(long value) => Fixed is { } only
        ? value == only
        : value >= Minimum && value <= Maximum && Step > 0 && unchecked((ulong)(value - Minimum)) % (ulong)Step == 0;

    /// <summary>The value of a level from 0.</summary>
    public long ValueAt(long level) => Fixed ?? (Minimum + (level * Step));

    /// <summary>The level of a value of this issue.</summary>
    public long LevelOf(long value) => Fixed is null ? (value - Minimum) / Step : 0;

    /// <summary>The values of an outcome in a few words: "5", "0..10", "0..10 step 5".</summary>
    internal string Allowed() => Fixed is { } only ? $"{only}" : Bounds();

    /// <summary>The values in a few words, whether it is fixed or not.</summary>
    internal string Bounds() =>
        Minimum == Maximum ? $"{Minimum}"
        : Step == 1 ? $"{Minimum}..{Maximum}"
        : $"{Minimum}..{Maximum} step {Step}";
}
