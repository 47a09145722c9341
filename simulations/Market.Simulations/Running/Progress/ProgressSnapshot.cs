using System.Globalization;
using System.Text.Json;

namespace Market.Simulations.Running.Progress;

/// <summary>How far a run was at a moment.</summary>
/// <param name="Done">Negotiations that are finished.</param>
/// <param name="Total">Negotiations of the run.</param>
/// <param name="PerSecond">Negotiations finished in this session, a second.</param>
/// <param name="Remaining">The time that the rest takes at this rate; null where nothing is finished yet.</param>
internal sealed record ProgressSnapshot(long Done, long Total, double PerSecond, TimeSpan? Remaining)
{
    /// <summary>What a run is after some time.</summary>
    public static ProgressSnapshot Of(RunProgress progress, TimeSpan elapsed)
    {
        var done = progress.Done;
        var perSecond = elapsed > TimeSpan.Zero ? (done - progress.First) / elapsed.TotalSeconds : 0;
        TimeSpan? remaining = perSecond > 0
            ? TimeSpan.FromSeconds(Math.Min((progress.Total - done) / perSecond, TimeSpan.MaxValue.TotalSeconds / 2))
            : null;
        return new ProgressSnapshot(done, progress.Total, perSecond, remaining);
    }

    /// <summary>One JSON object.</summary>
    public string ToJson() => JsonSerializer.Serialize(new
    {
        done = Done,
        total = Total,
        perSecond = Math.Round(PerSecond, 1),
        remainingSeconds = Remaining is { } remaining ? Math.Round(remaining.TotalSeconds, 1) : (double?)null,
    });

    /// <inheritdoc/>
    public override string ToString()
    {
        var left = Remaining is { } time && Done < Total ? $", {Words(time)} left" : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture, $"{Done:N0} of {Total:N0} negotiations, {PerSecond:N0} a second{left}");
    }

    private static string Words(TimeSpan time) =>
        time.TotalSeconds < 1 ? "less than 1 s"
        : time.TotalMinutes < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:N0} s")
        : time.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:N0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:N1} h");
}
