using Market.Simulations.Running;
using Market.Simulations.Scenarios;
using Market.Simulations.Scenarios.Formats.Own;

namespace Market.Simulations.Results;

/// <summary>
/// The scenarios of a run, kept in its folder as files of our own format: so that a run can be gone on with, replayed
/// and reported where the originals have changed or are not.
/// </summary>
internal static class ScenarioCopies
{
    /// <summary>Name of the folder in the results folder.</summary>
    public const string FolderName = "scenarios";

    /// <summary>Writes them.</summary>
    public static void Write(string folder, IEnumerable<Scenario> scenarios)
    {
        var copies = Directory.CreateDirectory(Path.Combine(folder, FolderName)).FullName;
        foreach (var scenario in scenarios)
        {
            File.WriteAllText(Path.Combine(copies, scenario.Name + ".yaml"), OwnWriter.Write(scenario));
        }
    }

    /// <summary>Reads them in the order in which they ran, and checks that nothing in them has changed.</summary>
    /// <exception cref="ResultFolderException">One is missing or has changed.</exception>
    public static IReadOnlyList<Scenario> Read(string folder, RunInfo info) =>
        [.. info.Scenarios.Select(known => Read(folder, known))];

    private static Scenario Read(string folder, RunScenarioInfo known)
    {
        var path = Path.Combine(folder, FolderName, known.Name + ".yaml");
        try
        {
            var scenario = ScenarioSource.LoadOne(path);
            return ScenarioFingerprint.Of(scenario) == known.Sha256
                ? scenario
                : throw new ResultFolderException($"{path} has changed since the run: its results are not of it.");
        }
        catch (ScenarioFileException e)
        {
            throw new ResultFolderException(e.Message, e);
        }
    }
}
