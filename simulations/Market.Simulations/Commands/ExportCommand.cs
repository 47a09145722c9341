using System.CommandLine;
using Market.Silo.Commands;
using Market.Simulations.Scenarios;
using Market.Simulations.Scenarios.Formats;

namespace Market.Simulations.Commands;

/// <summary>`export`: scenarios as files of another format.</summary>
internal static class ExportCommand
{
    /// <summary>The command for the program's list.</summary>
    public static Command Create(Option<bool> json)
    {
        var names = ScenarioFormats.All.Select(format => format.Name).ToArray();
        var source = new Argument<string>("source") { Description = ScenarioArguments.Source };
        var format = new Option<string>("--format")
        {
            Description = $"One of {string.Join(", ", names)}.",
            Required = true,
        };
        format.AcceptOnlyFromAmong(names);
        var folder = new Option<string>("-o", "--out")
        {
            Description = "Folder of the files; with more than one scenario, of a folder for each.",
            Required = true,
        };
        var overwrite = ScenarioArguments.Overwrite();
        var command = new Command("export", """
            Writes scenarios in the format of another program. What that format cannot say is refused by name, and
            nothing is written: a bias or a reservation value of minus infinity in GENIUS XML, a third party in NegoLog.
            """) { source, format, folder, overwrite };
        CommandExamples.Add(command, """
            Examples:
              export laptop --format genius -o laptop-genius
              export my-scenarios --format negmas -o for-negmas
            """);
        command.SetAction((result, _) => Task.FromResult(CommandFailures.Guard(() => Export(
            ScenarioSource.Load(result.GetValue(source)!),
            ScenarioFormats.Find(result.GetValue(format)!)!,
            result.GetValue(folder)!,
            result.GetValue(overwrite),
            result.GetValue(json)))));
        return command;
    }

    private static int Export(
        IReadOnlyList<Scenario> scenarios, IScenarioFormat format, string folder, bool isOverwriting, bool isJson)
    {
        // All are said before any is written, so that a refusal leaves nothing half done.
        var said = scenarios.Select(scenario => (scenario.Name, Files: format.Write(scenario))).ToList();
        foreach (var (name, files) in said)
        {
            var own = said.Count == 1 ? folder : Path.Combine(folder, name);
            ScenarioArguments.Say(name, format.Name, ScenarioFiles.Write(own, files, isOverwriting), isJson);
        }

        return 0;
    }
}
