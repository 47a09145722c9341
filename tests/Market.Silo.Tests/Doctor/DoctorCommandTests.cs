using System.Text.Json;
using Market.Silo.Tests.Commands;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Doctor;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("market-doctor-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_market_that_is_well_and_running_has_no_problems()
    {
        await using var market = await TestMarket.StartAsync(durable: true);
        var url = market.Host.Uri.GetLeftPart(UriPartial.Authority);
        var (findings, exitCode) = await RunAsync("doctor", "--data", market.Folder!, "--urls", url, "--json");
        Assert.Equal(0, exitCode);
        Assert.Equal(
            ["clock", "keys", "limits", "ports", "runtime", "store"],
            findings.Select(static finding => finding.Check).Distinct().Order());
        Assert.DoesNotContain(findings, static finding => finding.Level == "problem");
        Assert.Contains(findings, static finding => finding.Text == "A running market has it open.");
        Assert.Contains(
            findings, static finding => finding.Text.Contains("served by this market", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_without_a_market_is_no_problem_and_nothing_is_made()
    {
        var data = Path.Combine(_folder, "none");
        var (findings, exitCode) = await RunAsync(
            "doctor", "--data", data, "--urls", "http://127.0.0.1:0", "--json");
        Assert.Equal(0, exitCode);
        Assert.Contains(
            findings, static finding => finding.Text.Contains("`market serve` makes one", StringComparison.Ordinal));
        Assert.False(Path.Exists(data));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_damaged_store_is_a_problem_with_advice_and_exit_code_1()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "market.sqlite"), new string('x', 5_000));
        var (findings, exitCode) = await RunAsync(
            "doctor", "--data", _folder, "--urls", "http://127.0.0.1:0", "--json");
        Assert.Equal(1, exitCode);
        var problem = Assert.Single(findings, static finding => finding is { Check: "store", Level: "problem" });
        Assert.Contains("backup", problem.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("here")]
    [InlineData("ftp://127.0.0.1:1")]
    public async Task A_wrong_address_is_one_line(string url)
    {
        using var doctor = ServeProcess.Start("doctor", "--data", _folder, "--urls", url);
        var (exitCode, errors) = await doctor.WaitAsync();
        Assert.Equal(2, exitCode);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    /// <summary>What the command found, and its exit code.</summary>
    internal static async Task<(List<(string Check, string Level, string Text, string? Advice)>, int)> RunAsync(
        params string[] arguments)
    {
        using var doctor = ServeProcess.Start(arguments);
        var findings = new List<(string, string, string, string?)>();
        while (true)
        {
            var line = await doctor.ReadLineAsync();
            if (line.TryGetProperty("event", out _))
            {
                break;
            }

            findings.Add((
                line.GetProperty("check").GetString()!, line.GetProperty("level").GetString()!,
                line.GetProperty("finding").GetString()!,
                line.GetProperty("advice") is { ValueKind: JsonValueKind.String } advice ? advice.GetString() : null));
        }

        var (exitCode, errors) = await doctor.WaitAsync();
        Assert.Empty(errors);
        return (findings, exitCode);
    }
}
