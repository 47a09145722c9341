using System.CommandLine;
using Market.Silo.Commands;
using Market.Simulations.Commands;
using Market.Simulations.Running.Users.Hosting;

// First, since nothing else is needed for it, and tournaments wait for it.
if (args is [StrategyProcess.Verb, var socket])
{
    return StrategyProcess.Run(socket);
}

// Negotiation research from one program. Wrong input ends with 2 and one line, a run that failed or was stopped with 1.
var json = new Option<bool>("--json") { Description = "One JSON object a line on standard output.", Recursive = true };
var all = new RootCommand("Negotiation research: exact, reproducible, fast.")
{
    json,
    CompareCommand.Create(json),
    ExportCommand.Create(json),
    GenerateCommand.Create(json),
    ImportCommand.Create(json),
    LintCommand.Create(json),
    ListCommand.Create(json),
    MarketCommand.Create(json),
    ReplayCommand.Create(json),
    ReportCommand.Create(json),
    RunCommand.Create(json),
    ServeLlmCommand.Create(json),
    SweepCommand.Create(json),
    TournamentCommand.Create(json),
};
CommandExamples.ShowIn(all);
var parsed = all.Parse(args);
if (parsed.Errors.Count == 0)
{
    return await parsed.InvokeAsync();
}

foreach (var error in parsed.Errors)
{
    await Console.Error.WriteLineAsync(error.Message.ReplaceLineEndings(" "));
}

return CommandFailures.WrongInput;
