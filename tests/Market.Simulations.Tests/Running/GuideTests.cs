using System.Text.RegularExpressions;
using Market.Simulations.Results;
using Market.Simulations.Running;
using Market.Simulations.Tests.Guide;

namespace Market.Simulations.Tests.Running;

/// <summary>The researcher's guide: its strategy plays, and it names every file of a results folder.</summary>
public sealed class GuideTests : IDisposable
{
    private readonly Tournaments _runs = new();

    [Fact]
    public void The_strategy_of_the_guide_builds_and_plays_as_one_file()
    {
        var code = Regex.Match(
            GuideText.Whole, "<!-- tested: strategy -->\\s*```csharp\n(?<code>.*?)```", RegexOptions.Singleline);
        var file = _runs.PathOf("EvenSteps.cs");
        File.WriteAllText(file, code.Groups["code"].Value);
        _runs.Run(
            new TournamentSettings { Strategies = ["Boulware", file], Scenarios = ["laptop"], SelfPlay = false },
            "mine");

        var rows = _runs.Read("mine").Rows;
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.True(row.IsAgreement, row.Failure));
        Assert.Contains(rows, row => row.Parties[0].Strategy == "user:EvenSteps");
        var info = Assert.Single(_runs.Read("mine").Info.Strategies, strategy => strategy.Source is not null);
        Assert.Equal((file, 64), (info.Source, info.Sha256!.Length));
    }

    [Fact]
    public void A_file_that_does_not_build_is_refused_with_the_compilers_first_error()
    {
        var file = _runs.PathOf("Broken.cs");
        File.WriteAllText(file, "public class Broken : Nothing { }");
        using var strategies = new StrategyResolver(CancellationToken.None);
        var refused = Assert.Throws<RunRefusedException>(() => strategies.Resolve([file]));
        Assert.Contains("does not build", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'Nothing'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_guide_names_every_file_of_a_results_folder()
    {
        _runs.Run(Tournaments.Settings with { Scenarios = ["laptop"] }, "run");
        Assert.All(
            Directory.EnumerateFileSystemEntries(_runs.PathOf("run")),
            entry => Assert.Contains($"`{Path.GetFileName(entry)}", GuideText.Whole, StringComparison.Ordinal));
        Assert.Contains(ResultFiles.CsvName, GuideText.Whole, StringComparison.Ordinal);
    }

    public void Dispose() => _runs.Dispose();
}
