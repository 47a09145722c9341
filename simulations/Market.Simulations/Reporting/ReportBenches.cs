using Market.Simulations.Results;
using Market.Simulations.Running;

namespace Market.Simulations.Reporting;

/// <summary>The scenarios of a results folder, ranked; those that plots and curves need.</summary>
internal static class ReportBenches
{
    /// <summary>Most outcomes, over all scenarios, that a report ranks: some hundred megabytes.</summary>
    public const int OutcomesMax = 3_000_000;

    /// <summary>Ranks them by name. Without their files, a note says so and there are none.</summary>
    public static IReadOnlyDictionary<string, StageBench> Of(ResultFolder folder, List<string> notes)
    {
        var benches = new Dictionary<string, StageBench>(StringComparer.Ordinal);
        try
        {
            var (outcomes, left) = (0L, new List<string>());
            foreach (var (scenario, info) in ScenarioCopies.Read(folder.Path, folder.Info).Zip(folder.Info.Scenarios))
            {
                if (outcomes + info.Outcomes > OutcomesMax)
                {
                    left.Add(scenario.Name);
                    continue;
                }

                outcomes += info.Outcomes;
                benches[scenario.Name] = StageBench.For(scenario);
            }

            if (left.Count > 0)
            {
                notes.Add("Too large to be drawn, and left out of offers over time: " + string.Join(", ", left) + ".");
            }
        }
        catch (ResultFolderException e)
        {
            notes.Add($"Utility plots and offers over time are not shown: {e.Message}");
        }

        return benches;
    }
}
