using System.CommandLine;
using System.Text.Json;
using Market.Silo.Commands;
using Market.Simulations.Results;
using Market.Simulations.Running;

namespace Market.Simulations.Commands;

/// <summary>`replay`: shows a negotiation of a results folder from its log, or verifies them all.</summary>
internal static class ReplayCommand
{
    /// <summary>The command for the program's list.</summary>
    public static Command Create(Option<bool> json)
    {
        var folder = new Argument<string>("folder") { Description = "A results folder." };
        var number = new Argument<long?>("number")
        {
            Description = "The negotiation's number, as in negotiations.csv.",
            DefaultValueFactory = _ => null,
        };
        var verify = new Option<bool>("--verify")
        {
            Description = "Work out all digests again, from the log and by playing again. Ends with 1 at a difference.",
        };
        var command = new Command("replay", """
            Shows a negotiation of a results folder step by step, from its log alone. With --verify: recomputes the
            digest of every negotiation from its logged acts, plays it again with its seed, and names the first that
            differs.
            """) { folder, number, verify };
        CommandExamples.Add(command, """
            Examples:
              replay results 17
              replay --verify results
            """);
        command.SetAction((result, cancellation) => Task.FromResult(CommandFailures.Guard(() =>
        {
            var path = result.GetValue(folder)!;
            var isJson = result.GetValue(json);
            if (result.GetValue(verify))
            {
                return Verify(path, isJson, cancellation);
            }

            return result.GetValue(number) is { } wanted
                ? Show(path, wanted, isJson)
                : throw new RunRefusedException("Which negotiation? Give its number, or --verify for all.");
        })));
        return command;
    }

    private static int Show(string path, long number, bool isJson)
    {
        var info = RunInfoFile.Read(path);
        var row = ResultFolder.ReadRows(path).FirstOrDefault(row => row.Number == number)
            ?? throw new RunRefusedException(
                $"{path} has no negotiation {number}; the run has {info.Negotiations}, from 0.");
        var acts = ResultFolder.ReadActs(path).First(acts => acts.Number == number);
        var index = info.Scenarios.ToList().FindIndex(scenario => scenario.Name == row.Scenario);
        var scenario = Sweeps.ScenarioUnder(
            ScenarioCopies.Read(path, info)[index], info.Settings.Sweep, row.Value ?? 0);
        NegotiationShow.Write(StageBench.For(scenario), row, acts.Acts.AsSpan(), Console.Out, isJson);
        return 0;
    }

    private static int Verify(string path, bool isJson, CancellationToken cancellation)
    {
        var verdict = ReplayCheck.Run(path, cancellation);
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                ok = verdict.Difference is null,
                negotiations = verdict.Checked,
                playedAgain = verdict.PlayedAgain,
                complete = verdict.IsComplete,
                notPlayedAgain = verdict.WhyNot,
                difference = verdict.Difference,
            }));
        }
        else
        {
            Console.WriteLine(verdict.Difference ?? Agreement(verdict));
            if (!verdict.IsComplete)
            {
                Console.WriteLine("The run is not complete.");
            }

            if (verdict.WhyNot is { } why)
            {
                Console.WriteLine($"Not played again: {why}");
            }
        }

        return verdict.Difference is null ? 0 : CommandFailures.RunFailed;
    }

    private static string Agreement(ReplayVerdict verdict) =>
        FormattableString.Invariant($"{verdict.Checked:N0} digests agree with the logged acts; ")
        + FormattableString.Invariant($"{verdict.PlayedAgain:N0} negotiations were played again and did the same.");
}
