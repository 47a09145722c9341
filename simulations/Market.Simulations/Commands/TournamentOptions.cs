using System.CommandLine;
using Market.Domain.Strategies;
using Market.Simulations.LanguageModels;
using Market.Simulations.Running;
using Market.Simulations.Running.Progress;
using Market.Simulations.Scenarios;

namespace Market.Simulations.Commands;

/// <summary>The options that tournaments and sweeps have in common.</summary>
internal sealed class TournamentOptions
{
    private readonly Option<string[]> _strategies = ListOption.Of(
        "--strategies",
        "Names (see list strategies), and paths of strategies of yours: a .dll, a .csproj, its folder, or a .cs file.");

    private readonly Option<string[]> _scenarios = ListOption.Of(
        "--scenarios", "Names (see list scenarios), files and folders; library for all that come with the program.");

    private readonly Option<int?> _rounds = new("--rounds")
    {
        Description = "Rounds after which there is no agreement. Without it the scenario's own number, or 100.",
    };

    private readonly Option<int> _repetitions = ListOption.Positive(
        "--repetitions", "How often strategies with chance meet in each scenario. Those without meet once.", 1);

    private readonly Option<string> _mode = new("--mode")
    {
        Description = "cartesian: A against B and B against A. round-robin: only A against B.",
        DefaultValueFactory = _ => "cartesian",
    };

    private readonly Option<bool> _selfPlay = new("--self-play")
    {
        Description = "A strategy meets itself, too (this is so without the option).",
    };

    private readonly Option<bool> _noSelfPlay = new("--no-self-play") { Description = "A strategy meets others only." };

    private readonly Option<bool> _rotate = new("--rotate")
    {
        Description = "Run each meeting once for each rotation of the profiles: each strategy has each of them.",
    };

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "Seed of the run. The same seed gives the same files, to the byte.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> _offers = new("--offers")
    {
        Description = "Write offers.csv: every offer of every party.",
    };

    private readonly Option<int> _parallel = ListOption.Positive(
        "--parallel",
        "How many negotiations run at once. The results do not depend on it.",
        Environment.ProcessorCount);

    private readonly Option<string?> _out = new("--out", "-o")
    {
        Description = "Folder of the results. Without it nothing is written, and only the summary is shown.",
    };

    private readonly UserStrategyOptions _users = new();

    private readonly LanguageModelOptions _models = new();

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Go on with the interrupted run in the folder, with the settings that it was begun with.",
    };

    private readonly Option<string> _progress = new("--progress")
    {
        Description = "auto: a bar on a terminal, else lines. plain, json, none.",
        DefaultValueFactory = _ => "auto",
    };

    /// <summary>Makes them, with what they refuse.</summary>
    public TournamentOptions()
    {
        _mode.AcceptOnlyFromAmong("cartesian", "round-robin");
        _progress.AcceptOnlyFromAmong("auto", "plain", "json", "none");
        _rounds.Validators.Add(result =>
        {
            if (!result.Errors.Any()
                && result.GetValueOrDefault<int?>() is < 1 or > AlternatingOffers.RoundsMax)
            {
                result.AddError($"--rounds is a whole number from 1 to {AlternatingOffers.RoundsMax}.");
            }
        });
    }

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            _strategies, _scenarios, _rounds, _repetitions, _mode, _selfPlay, _noSelfPlay, _rotate, _seed, _offers,
            _parallel, _out, _resume, _progress,
        })
        {
            command.Options.Add(option);
        }

        _users.AddTo(command);
        _models.AddTo(command);
    }

    /// <summary>Whether an interrupted run is to be gone on with.</summary>
    public bool IsResume(ParseResult result) => result.GetValue(_resume);

    /// <summary>Carries out what was asked for.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="sweep">What is swept; null in a tournament.</param>
    /// <param name="isJson">Whether the summary is JSON.</param>
    /// <param name="cancellation">Stops the run; what is finished is kept.</param>
    /// <returns>The exit code.</returns>
    public int Run(ParseResult result, SweepSettings? sweep, bool isJson, CancellationToken cancellation)
    {
        var asked = _models.Read(result);
        if (asked.IsDryRun)
        {
            return ShowPrompts(result, asked);
        }

        using var models = new ModelStrategies(asked, cancellation);
        using var strategies = new StrategyResolver(cancellation, models);
        var session = SessionOf(result, sweep, strategies);
        var report = session.Run(
            result.GetValue(_parallel), KindOf(result.GetValue(_progress)!), Console.Error, cancellation);
        RunSummary.Write(report, Console.Out, isJson);
        ModelReport.Write(models, Console.Out, isJson);
        if (report.Folder is { } folder && models.Seats.Count > 0)
        {
            ModelReport.WriteFile(models, folder, IsResume(result));
        }

        if (report.IsComplete)
        {
            return 0;
        }

        Console.Error.WriteLine(report.Folder is null
            ? "Stopped before the end."
            : $"Stopped before the end; what is finished is kept. Go on: --resume --out {report.Folder}");
        return CommandFailures.RunFailed;
    }

    private int ShowPrompts(ParseResult result, LanguageModelSettings asked)
    {
        foreach (var scenario in ScenarioSource.LoadAll(
            Needed(result.GetValue(_scenarios), "--scenarios", RunSetup.WholeLibrary)))
        {
            ModelDryRun.Write(
                Console.Out,
                asked,
                scenario,
                result.GetValue(_rounds) ?? scenario.Rounds ?? TournamentSettings.RoundsUsual);
        }

        return 0;
    }

    private static ProgressKind KindOf(string name) => name switch
    {
        "plain" => ProgressKind.Plain,
        "json" => ProgressKind.Json,
        "none" => ProgressKind.None,
        _ => ProgressKind.Auto,
    };

    private RunSession SessionOf(ParseResult result, SweepSettings? sweep, StrategyResolver resolver)
    {
        var folder = result.GetValue(_out);
        if (IsResume(result))
        {
            if (folder is null)
            {
                throw new RunRefusedException("--resume needs --out: the folder of the interrupted run.");
            }

            if (result.GetValue(_strategies) is { Length: > 0 } || result.GetValue(_scenarios) is { Length: > 0 })
            {
                throw new RunRefusedException(
                    "--resume goes on with the strategies and scenarios of the folder: leave them out.");
            }

            return RunSession.Resume(folder, resolver);
        }

        return RunSession.New(RunSetup.Of(SettingsOf(result, sweep), resolver), folder);
    }

    private TournamentSettings SettingsOf(ParseResult result, SweepSettings? sweep)
    {
        if (result.GetValue(_selfPlay) && result.GetValue(_noSelfPlay))
        {
            throw new RunRefusedException("Either --self-play or --no-self-play, not both.");
        }

        return _users.Of(result, new TournamentSettings
        {
            Strategies = Needed(result.GetValue(_strategies), "--strategies", "Boulware,Conceder"),
            Scenarios = Needed(result.GetValue(_scenarios), "--scenarios", RunSetup.WholeLibrary),
            Rounds = result.GetValue(_rounds),
            Repetitions = result.GetValue(_repetitions),
            Mode = result.GetValue(_mode) == "cartesian" ? PairingMode.Cartesian : PairingMode.RoundRobin,
            SelfPlay = !result.GetValue(_noSelfPlay),
            Rotate = result.GetValue(_rotate),
            Seed = result.GetValue(_seed),
            Offers = result.GetValue(_offers),
            Sweep = sweep,
        });
    }

    private static string[] Needed(string[]? values, string option, string example) => values is { Length: > 0 }
        ? values
        : throw new RunRefusedException($"{option} is needed, for example {option} {example}.");
}
