using System.Globalization;
using Market.Simulations.Results;

namespace Market.Simulations.Reporting;

/// <summary>Something that two runs were set to differently.</summary>
/// <param name="Name">What was set.</param>
/// <param name="First">To what, in the first run.</param>
/// <param name="Second">To what, in the second.</param>
internal sealed record SettingDifference(string Name, string First, string Second)
{
    /// <summary>All differences of what results depend on.</summary>
    public static IReadOnlyList<SettingDifference> Between(RunInfo first, RunInfo second)
    {
        var (one, other) = (All(first), All(second));
        return [.. one.Zip(other).Where(static pair => pair.First.Text != pair.Second.Text)
            .Select(static pair => new SettingDifference(pair.First.Name, pair.First.Text, pair.Second.Text))];
    }

    private static IReadOnlyList<(string Name, string Text)> All(RunInfo info) =>
    [
        ("program", info.Program),
        ("command", info.Command),
        ("complete", info.Complete ? "yes" : "no"),
        ("negotiations", info.Negotiations.ToString(CultureInfo.InvariantCulture)),
        ("settings", Invocation.Of(info)),
        ("strategies", string.Join(' ', info.Strategies.Select(static s => $"{s.Name} {s.Sha256}".TrimEnd()))),
        ("scenarios", string.Join(' ', info.Scenarios.Select(static s => $"{s.Name} {s.Sha256}"))),
    ];
}
