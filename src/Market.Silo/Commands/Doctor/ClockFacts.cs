using System.Diagnostics;

namespace Market.Silo.Commands.Doctor;

/// <summary>What can be known of a clock without asking another machine.</summary>
/// <param name="Now">What it says.</param>
/// <param name="NewestFile">When the newest file of the market was written, by its own time; null without one.</param>
/// <param name="LastEvent">When the market's last event happened, by its own word; null without one.</param>
/// <param name="Program">When this program's file was written.</param>
/// <param name="Drift">How far the clock went beside the monotonic one, in the time that was watched.</param>
internal sealed record ClockFacts(
    DateTimeOffset Now,
    DateTimeOffset? NewestFile,
    DateTimeOffset? LastEvent,
    DateTimeOffset Program,
    TimeSpan Drift)
{
    private static readonly TimeSpan Watched = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks this machine; takes a fifth of a second.</summary>
    public static async Task<ClockFacts> ReadAsync(
        string folder, DateTimeOffset? lastEvent, CancellationToken cancellationToken)
    {
        var (started, began) = (Stopwatch.GetTimestamp(), DateTimeOffset.UtcNow);
        await Task.Delay(Watched, cancellationToken).ConfigureAwait(false);
        var (elapsed, now) = (Stopwatch.GetElapsedTime(started), DateTimeOffset.UtcNow);
        return new ClockFacts(
            now, NewestIn(folder), lastEvent,
            File.GetLastWriteTimeUtc(typeof(ClockFacts).Assembly.Location), now - began - elapsed);
    }

    private static DateTimeOffset? NewestIn(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder).Select(static file => (DateTimeOffset?)File.GetLastWriteTimeUtc(file))
            .Append(null).Max()
        : null;
}
