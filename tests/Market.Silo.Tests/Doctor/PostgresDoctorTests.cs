using Market.Silo.Tests.Commands;
using Market.TestSupport;

namespace Market.Silo.Tests.Doctor;

public sealed class PostgresDoctorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("market-doctor-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [FactWithPostgres]
    public async Task A_database_is_looked_at_before_a_market_is_in_it_and_after()
    {
        using var database = PostgresServer.Shared.CreateDatabase();
        var (findings, exitCode) = await RunAsync(database.Address);
        Assert.Equal(0, exitCode);
        Assert.Contains(findings, static finding => finding.Contains("is PostgreSQL", StringComparison.Ordinal));
        Assert.Contains("fsync is on.", findings);
        Assert.Contains("full_page_writes is on.", findings);
        Assert.Contains("synchronous_commit is on.", findings);
        Assert.Contains(findings, static finding => finding.Contains("clock differs", StringComparison.Ordinal));
        Assert.Contains(findings, static one => one.EndsWith("connections are free.", StringComparison.Ordinal));
        Assert.Contains(findings, static finding => finding.Contains("makes one", StringComparison.Ordinal));
        Assert.DoesNotContain(
            findings, static finding => finding.Contains(PostgresServer.Shared.Password, StringComparison.Ordinal));

        using (var server = ServeProcess.Start(
            "serve", "--data", _folder, "--store", database.Address, "--urls", "http://127.0.0.1:0", "--json"))
        {
            var ready = await server.ReadLineAsync();
            Assert.Equal("ready", ready.GetProperty("event").GetString());
            Assert.DoesNotContain(
                PostgresServer.Shared.Password, ready.GetProperty("store").GetString(), StringComparison.Ordinal);
            (findings, exitCode) = await RunAsync(database.Address);
            Assert.Equal(0, exitCode);
            Assert.Contains("A running market has it open.", findings);
        }

        (findings, _) = await RunAsync(database.Address);
        Assert.Contains(findings, static finding => finding.Contains("the store is sound", StringComparison.Ordinal));
    }

    [FactWithPostgres]
    public async Task What_keeps_a_market_from_its_database_is_a_problem_with_advice()
    {
        var server = PostgresServer.Shared;
        foreach (var (address, advice) in new[]
        {
            ($"postgres://market:wrong-word@127.0.0.1:{server.Port}/postgres", "right user and password"),
            (server.AddressOf("nowhere"), "createdb"),
            ("postgres://market:wrong-word@127.0.0.1:1/postgres", "Start the server"),
        })
        {
            var (findings, exitCode) = await DoctorCommandTests.RunAsync(
                "doctor", "--data", _folder, "--store", address, "--urls", "http://127.0.0.1:0", "--json");
            Assert.Equal(1, exitCode);
            var problem = Assert.Single(findings, static finding => finding is { Check: "store", Level: "problem" });
            Assert.Contains(advice, problem.Advice, StringComparison.Ordinal);
            Assert.DoesNotContain("wrong-word", problem.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("somewhere")]
    [InlineData("mysql://host/database")]
    [InlineData("postgres://host")]
    public async Task What_is_no_database_is_a_usage_error_in_one_line(string store)
    {
        foreach (var command in (string[][])[["serve"], ["doctor"], ["audit", "verify"], ["catalog", "rebuild"]])
        {
            using var process = ServeProcess.Start([.. command, "--data", _folder, "--store", store]);
            var (exitCode, errors) = await process.WaitAsync();
            Assert.Equal(2, exitCode);
            Assert.Contains("--store", Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        }
    }

    private async Task<(string[] Findings, int ExitCode)> RunAsync(string address)
    {
        var (findings, exitCode) = await DoctorCommandTests.RunAsync(
            "doctor", "--data", _folder, "--store", address, "--urls", "http://127.0.0.1:0", "--json");
        return ([.. findings.Select(static finding => finding.Text)], exitCode);
    }
}
