using Market.Domain.Strategies;
using Market.Simulations.Results;
using Market.Simulations.Scenarios;

namespace Market.Simulations.Running;

/// <summary>A run that is ready: its plan, what run.json says of it, and the scenarios as they were loaded.</summary>
/// <param name="Plan">All negotiations.</param>
/// <param name="Info">What run.json says.</param>
/// <param name="Scenarios">The scenarios, before any swept value is in them.</param>
internal sealed record RunSetup(RunPlan Plan, RunInfo Info, IReadOnlyList<Scenario> Scenarios)
{
    /// <summary>In place of a scenario's name: every scenario that comes with the program.</summary>
    public const string WholeLibrary = "library";

    /// <summary>Loads what the settings name.</summary>
    /// <exception cref="RunRefusedException">A strategy or a parameter is wrong.</exception>
    /// <exception cref="ScenarioFileException">A scenario cannot be used.</exception>
    public static RunSetup Of(TournamentSettings settings, StrategyResolver strategies)
    {
        var entries = settings.Scenarios.SelectMany(entry => entry == WholeLibrary ? ScenarioLibrary.Names : [entry]);
        var scenarios = ScenarioSource.LoadAll(entries);
        return Of(settings, scenarios, strategies);
    }

    /// <summary>Lays out a run of scenarios that are loaded.</summary>
    /// <exception cref="RunRefusedException">A strategy or a parameter is wrong.</exception>
    public static RunSetup Of(
        TournamentSettings settings, IReadOnlyList<Scenario> scenarios, StrategyResolver strategies)
    {
        if (settings.Sweep is { } sweep && Sweeps.FlawOf(sweep, settings.Strategies) is { } flaw)
        {
            throw new RunRefusedException(flaw);
        }

        double?[] values = settings.Sweep is { } swept ? [.. swept.Values.Select(value => (double?)value)] : [null];
        var stages = new List<RunStage>();
        var used = new List<RunStrategy>();
        foreach (var value in values)
        {
            var recipes = strategies.Resolve(settings.Strategies.Select(name => Sweeps.NameUnder(name, value)));
            used.AddRange(recipes.Where(recipe => used.All(other => other.Name != recipe.Name)));
            foreach (var scenario in scenarios)
            {
                var played = Sweeps.ScenarioUnder(scenario, settings.Sweep, value ?? 0);
                stages.Add(new RunStage(played, recipes, settings, value, stages.LastOrDefault()?.End ?? 0));
            }
        }

        var plan = new RunPlan(settings, stages);
        return new RunSetup(plan, InfoOf(plan, scenarios, used), scenarios);
    }

    private static RunInfo InfoOf(RunPlan plan, IReadOnlyList<Scenario> scenarios, List<RunStrategy> strategies)
    {
        var version = typeof(RunSetup).Assembly.GetName().Version?.ToString(3) ?? "0";
        return new RunInfo(
            RunInfo.CurrentFormat,
            $"Market.Simulations {version}",
            plan.Settings.Sweep is null ? "tournament" : "sweep",
            Complete: false,
            plan.Count,
            plan.PartiesMax,
            plan.RepetitionsLeftOut,
            plan.Settings,
            [.. strategies.Select(recipe => new RunStrategyInfo(
                recipe.Name, recipe.UsesChance, recipe.Source, recipe.SourceSha256))],
            [.. scenarios.Select(InfoOf)]);
    }

    private static RunScenarioInfo InfoOf(Scenario scenario) => new(
        scenario.Name,
        ScenarioFingerprint.Of(scenario),
        OutcomesOf(scenario),
        [.. scenario.Profiles.Select(profile => profile.Name)]);

    private static int OutcomesOf(Scenario scenario)
    {
        try
        {
            return new OutcomeSpace(scenario.Agenda).Count;
        }
        catch (Exception e) when (e is OutcomeSpaceTooLargeException or ArgumentException)
        {
            throw new RunRefusedException($"The scenario {scenario.Name} cannot be played: {e.Message}", e);
        }
    }
}
