using System.CommandLine;

// Negotiation research from one program: each command is a folder of its own.
var json = new Option<bool>("--json") { Description = "One JSON object a line on standard output.", Recursive = true };
var all = new RootCommand("Negotiation research: exact, reproducible, fast.") { json };
return await all.Parse(args).InvokeAsync();
