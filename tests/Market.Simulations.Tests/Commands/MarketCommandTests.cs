using System.CommandLine;
using System.Text.Json;
using Market.Simulations.Commands;

namespace Market.Simulations.Tests.Commands;

/// <summary>`market` as somebody types it.</summary>
public sealed class MarketCommandTests
{
    [Theory]
    [InlineData("--demand 0", "--demand is 0; write a whole number from 1 to 2000.")]
    [InlineData("--worth poisson(3)", "--worth is 'poisson(3)'; write a distribution: 12, uniform(8,14)")]
    [InlineData("--buyers MiCRO", "--buyers is 'MiCRO'; markets are played by time-dependent strategies")]
    [InlineData("--url nowhere", "--url is 'nowhere'; write an address")]
    [InlineData("--stock 0", "--stock is from 1")]
    [InlineData("--data-set x --demand 5", "--demand is for markets that are drawn")]
    public void A_wrong_option_is_refused_with_what_would_be_right(string arguments, string message)
    {
        var parsed = Parse(arguments);
        Assert.Contains(parsed.Errors, error => error.Message.StartsWith(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_ends_with_a_line_and_two()
    {
        var (code, _, error) = await RunAsync("--data-set nowhere");
        Assert.Equal((2, 1), (code, error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Contains("there is no such folder", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_market_that_does_not_answer_ends_with_a_line_and_one()
    {
        var (code, _, error) = await RunAsync("--url http://127.0.0.1:9 --demand 1 --supply 1");
        Assert.Equal(1, code);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_run_writes_its_folder_and_one_line_of_json()
    {
        var folder = Directory.CreateTempSubdirectory("market-population-").FullName;
        try
        {
            var (code, output, _) = await RunAsync(
                $"--demand 6 --supply 5 --goods 2 --periods 2 --seed 3 --json --out {folder}");
            Assert.Equal(0, code);
            var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            using var line = JsonDocument.Parse(Assert.Single(lines));
            using var file = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "market.json")));
            Assert.Equal(
                file.RootElement.GetProperty("customerUtility").GetDecimal(),
                line.RootElement.GetProperty("customerUtility").GetDecimal());
            Assert.True(line.RootElement.GetProperty("trialBalanceZero").GetBoolean());
            Assert.True(line.RootElement.TryGetProperty("firstProposalOdds", out _));
            Assert.Equal(7, (await File.ReadAllLinesAsync(Path.Combine(folder, "needs.csv"))).Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ParseResult Parse(string arguments)
    {
        var json = new Option<bool>("--json") { Recursive = true };
        var root = new RootCommand { json, MarketCommand.Create(json) };
        return root.Parse("market " + arguments);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Parse(arguments).InvokeAsync(
            new InvocationConfiguration { Output = output, Error = error }, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }
}
