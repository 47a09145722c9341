using System.CommandLine;
using System.Text.Json;
using Market.Simulations.Running;
using Market.Simulations.Scenarios;

namespace Market.Simulations.Commands;

/// <summary>Arguments and lines that the commands about scenario files share.</summary>
internal static class ScenarioArguments
{
    /// <summary>What a user may write for scenarios.</summary>
    public const string Source =
        "A name (see list scenarios), a file or folder of any format (see list formats), or generated:….";

    /// <summary>What a user wrote, each once, with the names of all scenarios in place of library.</summary>
    public static List<string> Each(IEnumerable<string> sources) =>
        [.. sources
            .SelectMany(source => source == RunSetup.WholeLibrary ? ScenarioLibrary.Names : [source]).Distinct()];

    /// <summary>The option that lets files be replaced.</summary>
    public static Option<bool> Overwrite() => new("--overwrite") { Description = "Replaces files that are there." };

    /// <summary>Says what was written, a line a file.</summary>
    public static void Say(string scenario, string format, IEnumerable<string> paths, bool isJson)
    {
        foreach (var path in paths)
        {
            Console.WriteLine(isJson ? JsonSerializer.Serialize(new { scenario, format, file = path }) : path);
        }
    }
}
