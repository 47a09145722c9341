using System.CommandLine;
using System.Text.Json;
using Market.Benchmarks;

// Every figure that the documents quote comes from a command of this program. Benchmarks are found by their type, so
// that a new one is one file.
var benchmarks = typeof(IBenchmark).Assembly.GetTypes()
    .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IBenchmark)))
    .Select(type => (IBenchmark)Activator.CreateInstance(type)!)
    .OrderBy(benchmark => benchmark.Name, StringComparer.Ordinal)
    .ToArray();

var json = new Option<bool>("--json") { Description = "One JSON object a line on standard output.", Recursive = true };
var quick = new Option<bool>("--quick")
{
    Description = "A short form to see that it runs; do not quote it.",
    Recursive = true,
};
var root = new RootCommand("Measures Market, each figure beside its raw limit in the same run.") { json, quick };

var list = new Command("list", "Names every benchmark.");
list.SetAction(result =>
{
    foreach (var benchmark in benchmarks)
    {
        Console.WriteLine(result.GetValue(json)
            ? JsonSerializer.Serialize(new { name = benchmark.Name, description = benchmark.Description })
            : $"{benchmark.Name,-12} {benchmark.Description}");
    }
});
root.Subcommands.Add(list);

var all = new Command("all", "Runs every benchmark, one after the other.");
all.SetAction((result, cancellation) => Run(result, benchmarks, cancellation));
root.Subcommands.Add(all);

foreach (var benchmark in benchmarks)
{
    var command = new Command(benchmark.Name, benchmark.Description);
    benchmark.AddTo(command);
    command.SetAction((result, cancellation) => Run(result, [benchmark], cancellation));
    root.Subcommands.Add(command);
}

// The processes that some benchmarks start are this program again.
if (args is ["load", var mode, var uri, var connections, var amount])
{
    var culture = System.Globalization.CultureInfo.InvariantCulture;
    return await LoadProcess.MainAsync(
        mode, new Uri(uri), int.Parse(connections, culture), double.Parse(amount, culture));
}

if (args is ["host", var what])
{
    return await DoorServer.MainAsync(what);
}

if (args is ["fill", var folder, var count])
{
    return await IdleFill.MainAsync(folder, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
}

return await root.Parse(args).InvokeAsync();

async Task<int> Run(ParseResult result, IBenchmark[] chosen, CancellationToken cancellation)
{
    foreach (var benchmark in chosen)
    {
        benchmark.Configure(result);
        await benchmark.RunAsync(Print, Console.Error.WriteLine, result.GetValue(quick), cancellation);
    }

    return 0;

    void Print(FigureResult figure)
    {
        if (result.GetValue(json))
        {
            Console.WriteLine(JsonSerializer.Serialize(figure, FigureResult.Json));
            return;
        }

        var raw = figure.Raw is { } r ? $"  raw {FigureResult.Format(r),12}  ratio {figure.Ratio:F2}" : "";
        var verdict = figure.Reached == true ? "reached" : "NOT REACHED";
        var reach = figure.Reach is { } text ? $"  {verdict} ({text})" : "";
        Console.WriteLine($"{figure.Figure,-44} {FigureResult.Format(figure.Value),12} {figure.Unit,-14}{raw}{reach}");
    }
}
