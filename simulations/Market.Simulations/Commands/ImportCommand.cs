using System.CommandLine;
using Market.Silo.Commands;
using Market.Simulations.Scenarios;
using Market.Simulations.Scenarios.Formats;
using Market.Simulations.Scenarios.Formats.Own;

namespace Market.Simulations.Commands;

/// <summary>`import`: scenarios of any format as files of ours.</summary>
internal static class ImportCommand
{
    /// <summary>The command for the program's list.</summary>
    public static Command Create(Option<bool> json)
    {
        var source = new Argument<string>("source") { Description = ScenarioArguments.Source };
        var folder = new Option<string>("-o", "--out") { Description = "Folder of the files.", Required = true };
        var overwrite = ScenarioArguments.Overwrite();
        var command = new Command("import", $"""
            Reads scenarios of another format ({string.Join(", ", ScenarioFormats.Described.Select(one => one.Name))}),
            known by what the files hold, and writes each as one file of ours. Utilities stay the same to the last bit.
            """) { source, folder, overwrite };
        CommandExamples.Add(command, """
            Examples:
              import ~/genius/laptop -o my-scenarios
              import market-folder -o my-scenarios --json
            """);
        command.SetAction((result, _) => Task.FromResult(CommandFailures.Guard(() =>
        {
            var loaded = ScenarioSource.Read(result.GetValue(source)!);
            var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var one in loaded)
            {
                if (!files.TryAdd(one.Scenario.Name + ".yaml", OwnWriter.Write(one.Scenario)))
                {
                    throw new ScenarioFileException(
                        one.Place, $"another scenario is named '{one.Scenario.Name}', too; import them one by one.");
                }
            }

            var paths = ScenarioFiles.Write(result.GetValue(folder)!, files, result.GetValue(overwrite));
            foreach (var one in loaded)
            {
                var mine = paths.Where(path => Path.GetFileNameWithoutExtension(path) == one.Scenario.Name);
                ScenarioArguments.Say(one.Scenario.Name, one.Format, mine, result.GetValue(json));
            }

            return 0;
        })));
        return command;
    }
}
