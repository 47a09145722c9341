using System.CommandLine;
using Market.Silo.Commands;

namespace Market.Simulations.Commands;

/// <summary>`tournament`: many strategies in many scenarios.</summary>
internal static class TournamentCommand
{
    /// <summary>The command for the program's list.</summary>
    public static Command Create(Option<bool> json)
    {
        var options = new TournamentOptions();
        var command = new Command("tournament", """
            Lets strategies meet in scenarios, and writes a folder of results: run.json, negotiations.csv, events.jsonl
            and, with --offers, offers.csv. One seed gives the same bytes at any degree of parallelism, on any machine.
            Ctrl-C keeps what is finished, and --resume goes on. Strategies without chance meet once in each scenario
            and order, however many repetitions are asked for: they would do the same again.
            """);
        options.AddTo(command);
        CommandExamples.Add(command, """
            Examples:
              tournament --strategies Boulware,Linear,Conceder,MiCRO --scenarios library --out results
              tournament --strategies Random,genius:Linear --scenarios laptop --repetitions 100 --seed 7 --out results
              tournament --strategies MiCRO,MyAgent.cs --scenarios my-scenarios --rotate --no-self-play --out results
              tournament --resume --out results
            """);
        command.SetAction((result, cancellation) => Task.FromResult(CommandFailures.Guard(
            () => options.Run(result, null, result.GetValue(json), cancellation))));
        return command;
    }
}
