namespace Market.Domain;

/// <summary>
/// A moment on the market's own clock, in ticks of 100 ns since 0001-01-01T00:00:00Z. Assigned by the server as
/// max(clock, last time in the stream + 1), never taken from an agent (INV-18). The default value is "never yet".
/// </summary>
/// <param name="Ticks">Ticks of 100 ns, UTC.</param>
public readonly record struct LedgerTime(long Ticks) : IComparable<LedgerTime>
{
    /// <summary>The moment of a UTC wall clock.</summary>
    public static LedgerTime FromUtc(DateTimeOffset moment) => new(moment.UtcTicks);

    /// <summary>
    /// The first moment that is neither before the clock nor at or before the last event of a stream.
    /// </summary>
    public static LedgerTime After(LedgerTime last, LedgerTime clock) =>
        clock.Ticks > last.Ticks ? clock : new(last.Ticks + 1);

    /// <summary>This moment as a UTC date and time.</summary>
    public DateTimeOffset ToUtc() => new(Ticks, TimeSpan.Zero);

    /// <inheritdoc/>
    public int CompareTo(LedgerTime other) => Ticks.CompareTo(other.Ticks);

    /// <summary>The moment a span later.</summary>
    public static LedgerTime operator +(LedgerTime moment, TimeSpan span) => new(moment.Ticks + span.Ticks);

    /// <summary>The span from the second moment to the first.</summary>
    public static TimeSpan operator -(LedgerTime left, LedgerTime right) => new(left.Ticks - right.Ticks);

    /// <summary>Whether the first moment is earlier.</summary>
    public static bool operator <(LedgerTime left, LedgerTime right) => left.Ticks < right.Ticks;

    /// <summary>Whether the first moment is later.</summary>
    public static bool operator >(LedgerTime left, LedgerTime right) => left.Ticks > right.Ticks;

    /// <summary>Whether the first moment is earlier or the same.</summary>
    public static bool operator <=(LedgerTime left, LedgerTime right) => left.Ticks <= right.Ticks;

    /// <summary>Whether the first moment is later or the same.</summary>
    public static bool operator >=(LedgerTime left, LedgerTime right) => left.Ticks >= right.Ticks;

    /// <summary>ISO 8601 with seven decimals, UTC.</summary>
    public override string ToString() => ToUtc().ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
