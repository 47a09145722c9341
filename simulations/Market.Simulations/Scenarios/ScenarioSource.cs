using Market.Domain;
using Market.Simulations.Scenarios.Formats;
using Market.Simulations.Scenarios.Generating;

namespace Market.Simulations.Scenarios;

/// <summary>
/// Scenarios by what a user writes: the name of one that comes with the program, a file or a folder of any format that
/// is read, or <c>generated:outcomes=1000,issues=3,opposition=0.5</c>.
/// </summary>
internal static class ScenarioSource
{
    /// <summary>The scenarios, at least one, in the order of names and files.</summary>
    /// <param name="pathOrName">What the user wrote.</param>
    /// <exception cref="ScenarioFileException">There is nothing of that name, or it cannot be used.</exception>
    public static IReadOnlyList<Scenario> Load(string pathOrName) =>
        [.. Read(pathOrName).Select(loaded => loaded.Scenario)];

    /// <summary>The only scenario.</summary>
    /// <exception cref="ScenarioFileException">There is none or more than one, or it cannot be used.</exception>
    public static Scenario LoadOne(string pathOrName) => Load(pathOrName) is [var only]
        ? only
        : throw new ScenarioFileException(
            new Place(pathOrName), "there is more than one scenario in it; name the file of one.");

    /// <summary>The scenarios of several sources, each name once.</summary>
    /// <exception cref="ScenarioFileException">As above, or two scenarios have one name.</exception>
    public static IReadOnlyList<Scenario> LoadAll(IEnumerable<string> pathsOrNames)
    {
        var all = new List<Scenario>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in pathsOrNames)
        {
            foreach (var loaded in Read(source))
            {
                if (!names.Add(loaded.Scenario.Name))
                {
                    throw new ScenarioFileException(
                        loaded.Place, $"another scenario is named '{loaded.Scenario.Name}', too; rename one.");
                }

                all.Add(loaded.Scenario);
            }
        }

        return all;
    }

    /// <summary>The scenarios with where they came from.</summary>
    /// <exception cref="ScenarioFileException">There is nothing of that name, or it cannot be used.</exception>
    public static IReadOnlyList<LoadedScenario> Read(string pathOrName)
    {
        if (pathOrName.StartsWith(GeneratedSpec.Prefix, StringComparison.Ordinal))
        {
            return
            [
                .. GeneratedSpec.Parse(pathOrName).Select(settings => Loaded(ScenarioGenerator.Generate(settings))),
            ];
        }

        if (ScenarioLibrary.Contains(pathOrName))
        {
            return [ScenarioLibrary.Load(pathOrName)];
        }

        if (Directory.Exists(pathOrName))
        {
            return ScenarioFolder.Read(pathOrName);
        }

        return File.Exists(pathOrName) ? ScenarioFolder.ReadFile(pathOrName) : throw Unknown(pathOrName);
    }

    private static LoadedScenario Loaded(Scenario scenario)
    {
        var place = ScenarioGenerator.NoFile;
        var values = scenario.Agenda.Issues.Select(_ => place).ToValueArray();
        return new LoadedScenario(
            scenario,
            "generated",
            place,
            values,
            scenario.Profiles.Select(_ => new ProfilePlaces(place, place, values)).ToValueArray());
    }

    private static ScenarioFileException Unknown(string name) => new(
        new Place(name),
        "this is no file, no folder and no scenario that comes with the program. "
            + $"Those are: {string.Join(", ", ScenarioLibrary.Names)}.");
}
