using System.CommandLine;
using Market.Silo.Commands;
using Market.Simulations.Reporting;
using Market.Simulations.Results;

namespace Market.Simulations.Commands;

/// <summary>`compare`: two results folders beside each other.</summary>
internal static class CompareCommand
{
    /// <summary>The command for the program's list.</summary>
    public static Command Create(Option<bool> json)
    {
        var first = new Argument<string>("first") { Description = "A results folder." };
        var second = new Argument<string>("second") { Description = "Another one, whose difference to it is shown." };
        var statistics = new StatisticsArguments();
        var command = new Command("compare", """
            Compares two results folders: what was set differently, which negotiations differ, whether all digests
            are equal, and by strategy, pair and scenario the differences of means with 95 % intervals, Wilcoxon's test
            and Holm's correction. Ends with 0 also where they differ.
            """) { first, second };
        statistics.AddTo(command);
        CommandExamples.Add(command, """
            Examples:
              compare before after
              compare before after --measure welfare
              compare before after --json
            """);
        command.SetAction((result, _) => Task.FromResult(CommandFailures.Guard(() =>
        {
            var options = statistics.Read(result);
            var comparison = FolderComparison.Of(
                ResultFolder.Read(result.GetValue(first)!), ResultFolder.Read(result.GetValue(second)!), options);
            if (result.GetValue(json))
            {
                ComparisonJson.Write(comparison, Console.Out);
            }
            else
            {
                ComparisonText.Write(comparison, Console.Out);
            }

            return 0;
        })));
        return command;
    }
}
