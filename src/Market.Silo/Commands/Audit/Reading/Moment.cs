using System.Globalization;

namespace Market.Silo.Commands.Audit.Reading;

/// <summary>A time of the market: ticks of 100 ns since 0001-01-01T00:00:00Z.</summary>
internal readonly record struct Moment(long Ticks)
{
    public static Moment operator +(Moment moment, long ticks) => new(moment.Ticks + ticks);

    public static bool operator <(Moment left, Moment right) => left.Ticks < right.Ticks;

    public static bool operator >(Moment left, Moment right) => left.Ticks > right.Ticks;

    public static bool operator <=(Moment left, Moment right) => left.Ticks <= right.Ticks;

    public static bool operator >=(Moment left, Moment right) => left.Ticks >= right.Ticks;

    public override string ToString() => Ticks >= 0 && Ticks <= DateTime.MaxValue.Ticks
        ? new DateTime(Ticks, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture)
        : Ticks.ToString(CultureInfo.InvariantCulture);
}
