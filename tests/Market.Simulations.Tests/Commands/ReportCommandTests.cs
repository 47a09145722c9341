using System.CommandLine;
using Market.Simulations.Commands;
using Market.Simulations.Tests.Running;

namespace Market.Simulations.Tests.Commands;

public sealed class ReportCommandTests : IDisposable
{
    private readonly Tournaments _runs = new();

    [Fact]
    public async Task A_report_is_written_into_the_folder_or_where_it_is_asked_for()
    {
        _runs.Run(Tournaments.Settings with { Scenarios = ["laptop"] }, "run");
        var elsewhere = _runs.PathOf("page.html");

        Assert.Equal(0, await InvokeAsync("report", _runs.PathOf("run"), "--resamples", "100"));
        Assert.Equal(0, await InvokeAsync(
            "report", _runs.PathOf("run"), "--resamples", "100", "-o", elsewhere, "--measure", "welfare"));

        Assert.StartsWith(
            "<!DOCTYPE html>", await File.ReadAllTextAsync(Path.Combine(_runs.PathOf("run"), "report.html")),
            StringComparison.Ordinal);
        Assert.Contains("mean welfare", await File.ReadAllTextAsync(elsewhere), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folders_that_differ_compare_with_zero()
    {
        _runs.Run(Tournaments.Settings with { Scenarios = ["laptop"] }, "first");
        _runs.Run(Tournaments.Settings with { Scenarios = ["laptop"], Seed = 43 }, "second");

        Assert.Equal(
            0, await InvokeAsync("compare", _runs.PathOf("first"), _runs.PathOf("second"), "--resamples", "100"));
    }

    [Theory]
    [InlineData("report", "nowhere")]
    [InlineData("compare", "nowhere", "nowhere")]
    public async Task A_folder_that_is_not_there_is_wrong_input(params string[] args) =>
        Assert.Equal(CommandFailures.WrongInput, await InvokeAsync(args));

    [Theory]
    [InlineData("--measure", "beauty")]
    [InlineData("--resamples", "99")]
    [InlineData("--resamples", "1000001")]
    public async Task A_measure_or_number_out_of_range_is_wrong_input(string option, string value) =>
        Assert.Equal(CommandFailures.WrongInput, await InvokeAsync("report", "nowhere", option, value));

    public void Dispose() => _runs.Dispose();

    private static Task<int> InvokeAsync(params string[] args)
    {
        var json = new Option<bool>("--json") { Recursive = true };
        var all = new RootCommand("All.") { json, ReportCommand.Create(json), CompareCommand.Create(json) };
        return all.Parse(args).InvokeAsync();
    }
}
