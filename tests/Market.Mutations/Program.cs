using System.CommandLine;
using System.Text.Json;
using Market.Mutations;

// Tests that pass prove little until they have been seen to fail: this program breaks the source on purpose, in a copy,
// in every way that its list names, and ends with 1 if a defect is not caught.
var json = new Option<bool>("--json") { Description = "One JSON object a line on standard output.", Recursive = true };
var only = new Option<string[]>("--only")
{
    Description = "Defects whose name contains one of these texts.",
    AllowMultipleArgumentsPerToken = true,
};
var sample = new Option<int?>("--sample") { Description = "That many defects, drawn by the seed; without it, all." };
var seed = new Option<int?>("--seed") { Description = "Seed of the sample; without it, one is drawn and printed." };

var list = new Command("list", "Names every defect, what it breaks and the test class that must catch it.");
list.SetAction(result =>
{
    foreach (var defect in ReadDefects())
    {
        Console.WriteLine(result.GetValue(json)
            ? JsonSerializer.Serialize(new { defect.Name, defect.Breaks, defect.CaughtBy }, JsonSerializerOptions.Web)
            : $"{defect.Name,-62} {defect.Breaks,-16} {defect.CaughtBy}");
    }
});

var run = new Command("run", "Plants each defect in a copy of the source and runs the test that must catch it.")
{
    only, sample, seed,
};
run.SetAction(async (result, cancellation) =>
{
    try
    {
        return await RunAsync(
            Choose(result.GetValue(only) ?? [], result.GetValue(sample), result.GetValue(seed)),
            result.GetValue(json),
            cancellation);
    }
    catch (DefectException error)
    {
        Console.Error.WriteLine(error.Message);
        return 2;
    }
});

return await new RootCommand("Breaks the source on purpose and sees whether the tests notice.") { json, list, run }
    .Parse(args)
    .InvokeAsync();

static IReadOnlyList<Defect> ReadDefects() => Defect.ReadAll(Path.Combine(AppContext.BaseDirectory, "defects.yaml"));

static IReadOnlyList<Defect> Choose(string[] only, int? sample, int? seed)
{
    var chosen = ReadDefects()
        .Where(defect => only.Length == 0 || only.Any(text => defect.Name.Contains(text, StringComparison.Ordinal)))
        .ToArray();
    if (chosen.Length == 0)
    {
        throw new DefectException("No defect has such a name; `list` shows them all.");
    }

    if (sample is not { } count)
    {
        return chosen;
    }

    var drawn = seed ?? Random.Shared.Next();
    Console.Error.WriteLine($"Sample of seed {drawn}.");
    new Random(drawn).Shuffle(chosen);
    return chosen[..Math.Min(count, chosen.Length)];
}

static async Task<int> RunAsync(IReadOnlyList<Defect> defects, bool asJson, CancellationToken cancellation)
{
    var (done, caught) = (0, 0);
    await new MutationCheck(FindRoot()).RunAsync(defects, Console.Error.WriteLine, Report, cancellation);
    Console.Error.WriteLine($"{caught} of {defects.Count} defects caught.");
    return caught == defects.Count ? 0 : 1;

    void Report(MutationVerdict verdict)
    {
        done++;
        caught += verdict.IsCaught ? 1 : 0;
        Console.WriteLine(asJson
            ? JsonSerializer.Serialize(
                new { verdict.Defect.Name, Caught = verdict.IsCaught, verdict.Finding, verdict.Seconds },
                JsonSerializerOptions.Web)
            : $"{done,3}/{defects.Count} {(verdict.IsCaught ? "caught" : "NOT CAUGHT")}  {verdict.Defect.Name}: "
                + $"{verdict.Finding} ({verdict.Seconds:N0} s)");
    }
}

static string FindRoot()
{
    for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
    {
        if (File.Exists(Path.Combine(folder.FullName, "Market.sln")))
        {
            return folder.FullName;
        }
    }

    throw new DefectException($"No folder above {AppContext.BaseDirectory} has Market.sln.");
}
