using System.Globalization;
using Market.Simulations.Results;
using Market.Simulations.Running;

namespace Market.Simulations.Reporting;

/// <summary>The command line that gives a run again.</summary>
internal static class Invocation
{
    /// <summary>The command, as it is typed behind the program's name.</summary>
    public static string Of(RunInfo info)
    {
        var settings = info.Settings;
        var words = new List<string>
        {
            info.Command,
            "--strategies", Quoted(string.Join(',', settings.Strategies)),
            "--scenarios", Quoted(string.Join(',', settings.Scenarios)),
        };
        if (settings.Sweep is { } sweep)
        {
            words.AddRange(["--parameter", Quoted(sweep.Parameter)]);
            words.AddRange(["--values", string.Join(',', sweep.Values.Select(Text))]);
        }

        if (settings.Rounds is { } rounds)
        {
            words.AddRange(["--rounds", rounds.ToString(CultureInfo.InvariantCulture)]);
        }

        words.AddRange(["--repetitions", settings.Repetitions.ToString(CultureInfo.InvariantCulture)]);
        words.AddRange(["--mode", settings.Mode == PairingMode.RoundRobin ? "round-robin" : "cartesian"]);
        words.Add(settings.SelfPlay ? "--self-play" : "--no-self-play");
        if (settings.Rotate)
        {
            words.Add("--rotate");
        }

        words.AddRange(["--seed", settings.Seed.ToString(CultureInfo.InvariantCulture)]);
        if (settings.Offers)
        {
            words.Add("--offers");
        }

        words.AddRange(["--time-limit", Text(settings.TimeLimitSeconds)]);
        if (settings.MemoryLimitMegabytes != TournamentSettings.MemoryLimitUsual)
        {
            words.AddRange(["--memory-limit", Text(settings.MemoryLimitMegabytes)]);
        }

        if (settings.InProcess)
        {
            words.Add("--in-process");
        }

        words.AddRange(["--out", "FOLDER"]);
        return string.Join(' ', words);
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Quoted(string word) =>
        word.All(static c => char.IsAsciiLetterOrDigit(c) || "-_.,:/".Contains(c))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
