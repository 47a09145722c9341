using System.Text.RegularExpressions;
using Market.Simulations.Results;
using Market.Simulations.Running;
using Market.Simulations.Tests.Running;
using Market.Simulations.Tests.Support;

namespace Market.Simulations.Tests.Guide;

/// <summary>What the guide tells a reader to type runs, with the program as it was built.</summary>
public sealed class GuideLinesTests : IDisposable
{
    private static readonly string[] Commands =
    [
        "run", "tournament", "sweep", "generate", "lint", "replay", "report", "compare", "import", "export", "list",
        "market",
    ];

    private readonly Tournaments _runs = new();

    [Fact]
    public void The_guide_has_a_line_of_every_command()
    {
        var first = GuideText.CommandLines.Select(line => GuideText.WordsOf(line)[0]).ToList();
        Assert.All(Commands, command => Assert.Contains(command, first));
        Assert.Contains(GuideText.CommandLines, line => line.Contains(" --resume ", StringComparison.Ordinal));
        Assert.Contains(GuideText.CommandLines, line => line.Contains(" --verify ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_command_line_of_the_guide_runs_in_its_order()
    {
        var folder = Directory.CreateDirectory(_runs.PathOf("guide")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "EvenSteps.cs"), GuideText.BlockOf("csharp"));
        foreach (var line in GuideText.CommandLines)
        {
            // The short form: a few scenarios in place of all.
            var words = GuideText.WordsOf(line).Select(word => word == "library" ? "laptop,price-100" : word);
            var (code, _, error) = await BuiltProgram.RunInAsync(
                folder, line.StartsWith("lint", StringComparison.Ordinal) ? GuideText.WordsOf(line) : words);
            Assert.True(code == 0, $"sim {line}: ended with {code}. {error}");
        }

        foreach (var file in new[] { "negotiation.svg", "results/report.html", "mine/negotiations.csv" })
        {
            Assert.True(File.Exists(Path.Combine(folder, file)), $"The guide's lines make no {file}.");
        }
    }

    [Fact]
    public void The_columns_that_the_guide_reads_in_pandas_and_R_are_in_the_file()
    {
        string[] others = ["read_csv", "pivot_table"]; // of pandas
        var used = Regex.Matches(GuideText.BlockOf("python") + GuideText.BlockOf("r"), "[a-z]+(_[a-z0-9]+)+")
            .Select(static found => found.Value).Distinct().Except(others).ToList();
        Assert.Contains("strategy_1", used);
        Assert.Contains("nash_optimality", used);
        Assert.All(used, name => Assert.Contains(name, RowColumns.Names(2)));
    }

    [FactWithPandas]
    public async Task The_pandas_lines_of_the_guide_run_on_a_results_folder()
    {
        _runs.Run(
            new TournamentSettings { Strategies = ["Boulware", "Linear"], Scenarios = ["laptop", "price-100"] },
            "results");
        var (code, output, error) = await BuiltProgram.RunInAsync(
            _runs.PathOf("."), FactWithPandasAttribute.Python, ["-c", GuideText.BlockOf("python")]);
        Assert.True(code == 0, error);
        Assert.Contains("negmas:Boulware", output, StringComparison.Ordinal);
        Assert.Contains("price-100", output, StringComparison.Ordinal);
    }

    public void Dispose() => _runs.Dispose();
}
