using System.CommandLine;
using Market.Domain;
using Market.Domain.Strategies;
using Market.Silo.Commands;
using Market.Simulations.LanguageModels;
using Market.Simulations.Reporting.Drawing;
using Market.Simulations.Running;
using Market.Simulations.Scenarios;

namespace Market.Simulations.Commands;

/// <summary>`run`: one negotiation, shown offer by offer.</summary>
internal static class RunCommand
{
    /// <summary>The command for the program's list.</summary>
    public static Command Create(Option<bool> json)
    {
        var scenario = new Argument<string>("scenario")
        {
            Description = "A name (see list scenarios), file or folder.",
        };
        var strategies = new Argument<string[]>("strategies")
        {
            Description = "One for each party, in the order of the profiles; the first one opens.",
            Arity = ArgumentArity.OneOrMore,
        };
        var rounds = new Option<int?>("--rounds") { Description = "Rounds after which there is no agreement." };
        var seed = new Option<ulong>("--seed")
        {
            Description = "Seed of the run, as in a tournament.",
            DefaultValueFactory = _ => 1,
        };
        var repetition = new Option<int>("--repetition")
        {
            Description = "Which repetition of a tournament it is: another one has other dice.",
        };
        var users = new UserStrategyOptions();
        var models = new LanguageModelOptions();
        var watch = ListOption.Of(
            "--watch", "Opponent models that watch each party, scored after each of its offers.");
        var drawing = new Option<string?>("-o", "--out")
        {
            Description = "Draws both utilities of every offer as SVG.",
        };
        var command = new Command("run", """
            Runs one negotiation and shows it: a table of all acts with the utilities of every party and the class of
            each offer, the solution points, and what the end is worth. It is the negotiation that a tournament with
            this seed has.
            """) { scenario, strategies, rounds, seed, repetition, drawing, watch };
        users.AddTo(command);
        models.AddTo(command);
        CommandExamples.Add(command, """
            Examples:
              run laptop Boulware Conceder
              run my-scenario.yaml MiCRO MyAgent.cs --rounds 50 --seed 7 -o negotiation.svg
              run laptop Boulware MiCRO --watch frequency,scalable-bayesian
              run laptop llm:NAME Linear --llm-endpoint https://api.openai.com/v1 --dry-run
            """);
        command.SetAction((result, cancellation) => Task.FromResult(CommandFailures.Guard(() => Run(
            ScenarioSource.LoadOne(result.GetValue(scenario)!),
            users.Of(result, new TournamentSettings
            {
                Strategies = [.. result.GetValue(strategies)!.SelectMany(ListOption.Split)],
                Scenarios = [result.GetValue(scenario)!],
                Rounds = result.GetValue(rounds),
                Seed = result.GetValue(seed),
            }),
            result.GetValue(repetition),
            result.GetValue(drawing),
            result.GetValue(watch) ?? [],
            models.Read(result),
            result.GetValue(json),
            cancellation))));
        return command;
    }

    private static int Run(
        Scenario scenario, TournamentSettings settings, int repetition, string? drawing, string[] watch,
        LanguageModelSettings asked, bool isJson, CancellationToken cancellation)
    {
        if (settings.Strategies.Count != scenario.Profiles.Count)
        {
            throw new RunRefusedException(
                $"The scenario {scenario.Name} has {scenario.Profiles.Count} parties; name a strategy for each, "
                + $"and not {settings.Strategies.Count}.");
        }

        if (settings.Rounds is < 1 or > AlternatingOffers.RoundsMax)
        {
            throw new RunRefusedException($"--rounds is a whole number from 1 to {AlternatingOffers.RoundsMax}.");
        }

        if (asked.IsDryRun)
        {
            ModelDryRun.Write(Console.Out, asked, scenario, RoundsOf(settings, scenario));
            return 0;
        }

        // A strategy that is named for two parties is one strategy in two seats.
        var named = settings.Strategies.Distinct(StringComparer.Ordinal).ToList();
        using var models = new ModelStrategies(asked, cancellation);
        using var resolver = new StrategyResolver(cancellation, models);
        var resolved = resolver.ResolveEach(named);
        var lineup = settings.Strategies.Select(name => named.IndexOf(name)).ToValueArray();
        var stage = new RunStage(scenario, resolved, settings, null, 0);
        var bench = StageBench.For(scenario);
        var watching = new WatchingModels(watch, bench);
        using var runner = new NegotiationRunner(settings, StoppedStrategies.For(settings), Console.Error);
        var row = runner.Run(new RunPlace(0, stage, 0, lineup, repetition), bench);
        NegotiationShow.Write(bench, row, runner.Log.Acts, Console.Out, isJson);
        WatchShow.Write(watching.Scores(row, runner.Log), Console.Out, isJson);
        ModelReport.Write(models, Console.Out, isJson);
        if (drawing is not null)
        {
            File.WriteAllText(drawing, SvgUtilityPlot.ToFile(NegotiationPlot.Of(bench, row, runner.Log.Acts)));
        }

        return 0;
    }

    private static int RoundsOf(TournamentSettings settings, Scenario scenario) =>
        settings.Rounds ?? scenario.Rounds ?? TournamentSettings.RoundsUsual;
}
