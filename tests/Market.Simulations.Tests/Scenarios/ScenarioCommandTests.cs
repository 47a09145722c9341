using System.CommandLine;
using Market.Simulations.Commands;
using Market.Simulations.Scenarios;

namespace Market.Simulations.Tests.Scenarios;

public sealed class ScenarioCommandTests
{
    private static readonly Option<bool> Json = new("--json");

    [Theory]
    [InlineData]
    [InlineData("library")]
    [InlineData("--all")]
    [InlineData("laptop", "library")]
    public void Lint_takes_the_whole_library_by_its_name_by_an_option_and_by_default(params string[] words) =>
        Assert.Equal(0, LintCommand.Create(Json).Parse(words).Invoke());

    [Fact]
    public void A_source_is_linted_once_however_often_it_is_named() =>
        Assert.Equal(ScenarioLibrary.Names, ScenarioArguments.Each(["library", "library", ScenarioLibrary.Names[1]]));

    [Fact]
    public void Import_writes_a_file_a_scenario_and_does_not_replace_one_unasked()
    {
        using var folder = new TestFolder();
        var command = ImportCommand.Create(Json);
        string[] words = [TestFolder.Example(), "-o", folder.Path];

        Assert.Equal(0, command.Parse(words).Invoke());
        Assert.Equal(6, Directory.GetFiles(folder.Path, "*.yaml").Length);
        Assert.Equal(2, command.Parse(words).Invoke());
        Assert.Equal(0, command.Parse([.. words, "--overwrite"]).Invoke());
    }

    [Fact]
    public void Export_of_several_scenarios_makes_a_folder_of_each_and_a_refusal_writes_nothing()
    {
        using var folder = new TestFolder();
        var command = ExportCommand.Create(Json);
        var source = folder.Write("own/one.yaml", Text("one"));
        folder.Write("own/two.yaml", Text("two"));
        var (good, bad) = (Path.Combine(folder.Path, "good"), Path.Combine(folder.Path, "bad"));

        Assert.Equal(0, command.Parse([Path.GetDirectoryName(source)!, "--format", "negolog", "-o", good]).Invoke());
        Assert.Equal(["one", "two"], ScenarioSource.Load(good).Select(scenario => scenario.Name));
        folder.Write("own/zwei.yaml", Text("zwei").Replace("name: a,", "name: a, bias: 1,", StringComparison.Ordinal));
        Assert.Equal(2, command.Parse([Path.GetDirectoryName(source)!, "--format", "negolog", "-o", bad]).Invoke());
        Assert.False(Directory.Exists(bad));

        static string Text(string name) => $$$$$"""
            name: {{{{{name}}}}}
            issues:
              - {name: colour, kind: choice, values: [red, green]}
            profiles:
              - {name: a, values: {colour: {table: {red: 0, green: 1}}}}
              - {name: b, values: {colour: {table: {red: 1, green: 0}}}}
            """;
    }

    [Fact]
    public void Generate_writes_what_the_same_words_after_generated_load()
    {
        using var folder = new TestFolder();
        string[] words = ["--outcomes", "300", "--issues", "2", "--opposition", "0.4", "--seed", "8", "--count", "2"];

        Assert.Equal(0, GenerateCommand.Create(Json).Parse([.. words, "-o", folder.Path]).Invoke());

        var made = ScenarioSource.Load("generated:outcomes=300,issues=2,opposition=0.4,seed=8,count=2");
        var read = ScenarioSource.Load(folder.Path);
        Assert.Equal(made.Select(scenario => scenario.Name), read.Select(scenario => scenario.Name));
        ScenarioComparison.AssertSameMeaning(made[1], read[1]);
    }

    [Theory]
    [InlineData("--opposition", "2")]
    [InlineData("--reservation", "0")]
    [InlineData("--outcomes", "3")]
    public void Generate_ends_with_2_where_there_is_no_such_scenario(string option, string value) =>
        Assert.Equal(2, GenerateCommand.Create(Json).Parse([option, value]).Invoke());
}
