using System.Globalization;

namespace Market.Simulations.Reporting;

/// <summary>How to get the same bytes again.</summary>
internal static class ReproductionSection
{
    /// <summary>Adds it.</summary>
    public static void Write(Page page, ReportSource source)
    {
        var info = source.Info;
        page.Section("reproduction", "How to reproduce");
        page.Paragraph(
            "The same program, scenarios and strategies give the same negotiations, byte by byte, on any machine and " +
            "at any parallelism. replay --verify FOLDER works out all digests again.");
        page.Code(Invocation.Of(info));
        page.Terms(
        [
            ("Program", info.Program),
            ("Seed", info.Settings.Seed.ToString(CultureInfo.InvariantCulture)),
            ("Statistics", $"seed {source.Statistics.Options.Seed.ToString(CultureInfo.InvariantCulture)}, " +
                $"{source.Statistics.Options.Resamples} resamples"),
        ]);
        page.Table(
            "Strategies",
            ["strategy", "uses chance", "from", "SHA-256 of the assembly"],
            info.Strategies.Select(static strategy => (IReadOnlyList<string>)
            [
                strategy.Name, strategy.UsesChance ? "yes" : "no", strategy.Source ?? "the program",
                strategy.Sha256 ?? "",
            ]));
        page.Table(
            "Scenarios",
            ["scenario", "SHA-256 of issues and utilities"],
            info.Scenarios.Select(static scenario => (IReadOnlyList<string>)[scenario.Name, scenario.Sha256]));
    }
}
