using System.CommandLine;
using System.Text.Json;
using Market.Silo.Commands;
using Market.Simulations.Scenarios;
using Market.Simulations.Scenarios.Formats.Own;
using Market.Simulations.Scenarios.Generating;

namespace Market.Simulations.Commands;

/// <summary>`generate`: scenarios of a wanted size, opposition and share of rational outcomes.</summary>
internal static class GenerateCommand
{
    /// <summary>The command for the program's list.</summary>
    public static Command Create(Option<bool> json)
    {
        var outcomes = ListOption.Positive(
            "--outcomes", "How many outcomes; the nearest that the issues can have.", 1000);
        var issues = ListOption.Positive("--issues", "How many issues.", 3);
        var opposition = new Option<double?>("--opposition")
        {
            Description = "0 (both want the same) to 1; reached within 0.02. Without it, profiles are independent.",
        };
        var reservation = new Option<double>("--reservation")
        {
            Description = "Share of outcomes that are better than no agreement for both; with 1, these are worth 0.",
            DefaultValueFactory = _ => 1,
        };
        var seed = new Option<ulong>("--seed")
        {
            Description = "What everything is drawn from.",
            DefaultValueFactory = _ => 1,
        };
        var count = ListOption.Positive("--count", "How many scenarios, with seeds that follow each other.", 1);
        var folder = new Option<string?>("-o", "--out")
        {
            Description = "Folder of the files; without it they are printed.",
        };
        var overwrite = ScenarioArguments.Overwrite();
        var command = new Command("generate", """
            Makes two-party scenarios of a wanted size, opposition (the least distance of a rational outcome from the
            best of both) and share of rational outcomes. The same options give the same bytes on every machine.
            Elsewhere the same scenario is named
            'generated:outcomes=1000,issues=3,opposition=0.5,reservation=0.8,seed=7'.
            """) { outcomes, issues, opposition, reservation, seed, count, folder, overwrite };
        CommandExamples.Add(command, """
            Examples:
              generate --outcomes 1000 --issues 3 --opposition 0.5 --seed 7
              generate --outcomes 10000 --issues 5 --opposition 0.6 --reservation 0.4 --count 20 -o scenarios
            """);
        command.SetAction((result, _) => Task.FromResult(CommandFailures.Guard(() =>
        {
            var first = new GeneratorSettings(
                result.GetValue(outcomes),
                result.GetValue(issues),
                result.GetValue(opposition),
                result.GetValue(reservation),
                result.GetValue(seed));
            for (var i = 0; i < result.GetValue(count); i++)
            {
                var settings = first with { Seed = unchecked(first.Seed + (ulong)i) };
                var scenario = ScenarioGenerator.Generate(settings);
                Say(scenario, result.GetValue(folder), result.GetValue(overwrite), result.GetValue(json));
            }

            return 0;
        })));
        return command;
    }

    private static void Say(Scenario scenario, string? folder, bool isOverwriting, bool isJson)
    {
        if (folder is not null)
        {
            var paths = ScenarioFiles.Write(folder, new OwnFormat().Write(scenario), isOverwriting);
            ScenarioArguments.Say(scenario.Name, "generated", paths, isJson);
            return;
        }

        var text = OwnWriter.Write(scenario);
        Console.Write(isJson ? JsonSerializer.Serialize(new { scenario = scenario.Name, text }) + "\n" : text);
    }
}
