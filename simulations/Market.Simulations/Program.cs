using System.CommandLine;
using Market.Silo.Commands;
using Market.Simulations.Commands;

// Negotiation research from one program: each command is a folder of its own.
var json = new Option<bool>("--json") { Description = "One JSON object a line on standard output.", Recursive = true };
var all = new RootCommand("Negotiation research: exact, reproducible, fast.")
{
    json,
    MarketCommand.Create(json),
    ServeLlmCommand.Create(json),
};
CommandExamples.ShowIn(all);
return await all.Parse(args).InvokeAsync();
