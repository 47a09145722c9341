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
            var outcomes = 0L;
            foreach (var (scenario, info) in ScenarioCopies.Read(folder.Path, folder.Info).Zip(folder.Info.Scenarios))
            {
                outcomes += info.Outcomes;
                if (outcomes > OutcomesMax)
                {
                    notes.Add("The last scenarios are not drawn: together they have too many outcomes for one report.");
                    break;
                }

                benches[scenario.Name] = StageBench.For(scenario);
            }
        }
        catch (ResultFolderException e)
        {
            notes.Add($"Utility plots and offers over time are not shown: {e.Message}");
        }

        return benches;
    }
}
