using System.Text.Json;
using System.Text.RegularExpressions;
using Market.Simulations.LanguageModels;
using Market.Simulations.LanguageModels.Loopback;
using Market.Simulations.Tests.Support;
using Market.TestSupport;

namespace Market.Simulations.Tests.LanguageModels;

/// <summary>Models in the program as it was built: the guide's lines, and the accounts of every negotiation.</summary>
public sealed class BuiltProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("market-models-").FullName;

    [Fact]
    public async Task The_guides_dry_run_shows_both_prompts_and_asks_nobody()
    {
        var guide = RepositoryFolder.TextOf("docs", "language-models.md");
        var line = Regex.Match(guide, @"^dotnet run .* -- (?<words>.*--dry-run)$", RegexOptions.Multiline);
        Assert.True(line.Success, "The guide has no line with --dry-run.");

        var (code, output, error) = await BuiltProgram.RunAsync(line.Groups["words"].Value.Split(' '));

        Assert.Equal((0, string.Empty), (code, error));
        Assert.Equal(2, Regex.Count(output, "the first call; nothing is sent"));
        Assert.Equal(2, Regex.Count(output, @"\[system\]\nYou negotiate"));
    }

    [Fact]
    public async Task Calls_tokens_and_cost_are_accounted_for_each_negotiation_and_seat()
    {
        await using var server = await LoopbackModelServer.StartAsync(behaviours: [LoopbackBehaviour.WrongTool]);
        var results = Path.Combine(_folder, "results");
        var (code, output, error) = await BuiltProgram.RunAsync(
            "tournament", "--strategies", "llm:any,Boulware", "--scenarios", "laptop", "--rounds", "6",
            "--repetitions", "2", "--llm-endpoint", server.Endpoint.ToString(), "--llm-price", "2.50/10",
            "--progress", "none", "--json", "--out", results);

        Assert.Equal((0, string.Empty), (code, error));
        var lines = File.ReadLines(Path.Combine(results, ModelReport.FileName))
            .Skip(1).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(8, lines.Count); // two negotiations with itself on both sides, two on either side of the other
        Assert.Equal(8, lines.Select(line => (Of(line, "number"), Of(line, "party"))).Distinct().Count());
        Assert.All(lines, line => Assert.InRange(Of(line, "calls"), 1, 12));
        Assert.All(lines, line => Assert.Equal(
            ((Of(line, "inputTokens") * 2.50m) + (Of(line, "outputTokens") * 10)) / 1_000_000,
            line.GetProperty("cost").GetDecimal()));
        Assert.Equal(1, lines.Sum(line => Of(line, "wrongTool")));
        Assert.Equal(server.Answered.Count, lines.Sum(line => Of(line, "calls")));
        var all = output.Split('\n').Single(line => line.StartsWith("{\"model\"", StringComparison.Ordinal));
        Assert.Equal(
            lines.Sum(line => line.GetProperty("cost").GetDecimal()),
            JsonDocument.Parse(all).RootElement.GetProperty("cost").GetDecimal());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static long Of(JsonElement line, string field) => line.GetProperty(field).GetInt64();
}
