using System.CommandLine;
using System.Text;
using Market.Silo.Commands;
using Market.Simulations.Reporting;
using Market.Simulations.Results;

namespace Market.Simulations.Commands;

/// <summary>`report`: the statistics of a results folder as one HTML page, or as JSON.</summary>
internal static class ReportCommand
{
    /// <summary>The command for the program's list.</summary>
    public static Command Create(Option<bool> json)
    {
        var folder = new Argument<string>("folder") { Description = "A results folder." };
        var output = new Option<string?>("--out", "-o")
        {
            Description = "The file to write; without it, report.html in the folder. With --json none unless named.",
        };
        var statistics = new StatisticsArguments();
        var command = new Command("report", """
            Works out the statistics of a results folder and writes them as one HTML page, which needs no network, and
            shows in light and dark and on paper: ranking with intervals, strategy against strategy, comparisons, the
            game between strategies, utility plots, anomalies, and how to reproduce it all. With --json: the same
            figures as JSON, an object a line.
            """) { folder, output };
        statistics.AddTo(command);
        CommandExamples.Add(command, """
            Examples:
              report results
              report results -o report.html --measure utility
              report results --json
            """);
        command.SetAction((result, _) => Task.FromResult(CommandFailures.Guard(() =>
        {
            var path = result.GetValue(folder)!;
            var isJson = result.GetValue(json);
            var options = statistics.Read(result);
            var source = ReportSource.Of(ResultFolder.Read(path), options);
            var file = result.GetValue(output) ?? (isJson ? null : Path.Combine(path, "report.html"));
            if (isJson)
            {
                ReportJson.Write(source, Console.Out);
            }

            if (file is not null)
            {
                File.WriteAllText(file, HtmlReport.Write(source), new UTF8Encoding(false));
            }

            if (file is not null && !isJson)
            {
                Console.WriteLine($"The report is in {file}.");
            }

            return 0;
        })));
        return command;
    }
}
