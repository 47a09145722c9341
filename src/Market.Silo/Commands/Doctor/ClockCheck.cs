using System.Globalization;

namespace Market.Silo.Commands.Doctor;

/// <summary>
/// Whether the clock can be right: not behind what was written before, and going steadily. A market's time never goes
/// back; behind a clock that did, its deadlines stand still until the clock has caught up.
/// </summary>
internal static class ClockCheck
{
    private const string Check = "clock";
    private static readonly TimeSpan SkewSmall = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SkewLarge = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan DriftMax = TimeSpan.FromMilliseconds(50);

    private const string SetIt = "Let a time service (NTP) set this machine's clock, and start the market after that.";

    /// <summary>Judges what is known.</summary>
    public static IReadOnlyList<DoctorFinding> Run(ClockFacts facts)
    {
        var findings = new List<DoctorFinding>();
        Compare(findings, facts.Now, facts.NewestFile, "the market's newest file");
        Compare(findings, facts.Now, facts.LastEvent, "the market's last event");
        if (facts.Now < facts.Program - TimeSpan.FromDays(1))
        {
            findings.Add(DoctorFinding.Warning(
                Check,
                string.Create(CultureInfo.InvariantCulture, $"It is before this program's file of {facts.Program:u}."),
                SetIt));
        }

        if (facts.Drift.Duration() > DriftMax)
        {
            findings.Add(DoctorFinding.Warning(
                Check,
                $"It moved by {facts.Drift.TotalMilliseconds:F0} ms beside the monotonic clock while it was watched.",
                "Something steps the clock; use one time service, and let it slew."));
        }

        if (findings.Count == 0)
        {
            findings.Add(DoctorFinding.Ok(
                Check, string.Create(CultureInfo.InvariantCulture, $"{facts.Now:u}; time zones do not matter.")));
        }

        return findings;
    }

    private static void Compare(
        List<DoctorFinding> findings, DateTimeOffset now, DateTimeOffset? written, string what)
    {
        if (written is not { } at || at - now <= SkewSmall)
        {
            return;
        }

        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"It says {now:u}; {what} is of {at:u}, {(at - now).TotalSeconds:N0} s later.");
        findings.Add(at - now > SkewLarge
            ? DoctorFinding.Problem(Check, text, SetIt)
            : DoctorFinding.Warning(Check, text, SetIt));
    }
}
