using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Market.Silo.Tests.Commands;

public sealed class ServeCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("market-serve-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("-TERM")]
    [InlineData("-INT")]
    public async Task It_says_when_it_is_ready_and_ends_by_a_signal(string signal)
    {
        using var serve = ServeProcess.Start("serve", "--data", _folder, "--urls", "http://127.0.0.1:0", "--json");
        var ready = await serve.ReadLineAsync();
        Assert.Equal("ready", ready.GetProperty("event").GetString());
        Assert.StartsWith("mkt_", ready.GetProperty("market").GetString(), StringComparison.Ordinal);
        using var client = new HttpClient();
        var health = new Uri(new Uri(ready.GetProperty("urls")[0].GetString()!), "/health");
        using var answer = await client.GetAsync(health);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        using var kill = Process.Start(
            "kill", [signal, serve.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        Assert.Equal("stopped", (await serve.ReadLineAsync()).GetProperty("event").GetString());
        var (exitCode, errors) = await serve.WaitAsync();
        Assert.Equal(0, exitCode);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task With_https_the_ready_line_names_the_certificate()
    {
        using var serve = ServeProcess.Start(
            "serve", "--https", "--data", _folder, "--urls", "https://127.0.0.1:0", "--json");
        var ready = await serve.ReadLineAsync();
        Assert.StartsWith("https://127.0.0.1:", ready.GetProperty("urls")[0].GetString(), StringComparison.Ordinal);
        Assert.Matches("^sha256:[0-9a-f]{64}$", ready.GetProperty("certificate").GetString());
    }

    [Fact]
    public async Task A_principal_trusts_a_self_made_certificate_by_its_fingerprint_or_its_file()
    {
        using var serve = ServeProcess.Start(
            "serve", "--https", "--data", _folder, "--urls", "https://127.0.0.1:0", "--json");
        var ready = await serve.ReadLineAsync();
        var server = ready.GetProperty("urls")[0].GetString()!;
        var key = Path.Combine(_folder, "alice.key");
        using (Client.AgentKey.LoadOrCreate(key))
        {
        }

        string[] list = ["approvals", "list", "--server", server, "--key", key];
        await AssertFailsAsync(1, "is not trusted", list);
        const string Connected = "no principal's";
        await AssertFailsAsync(1, Connected, [.. list, "--trust", ready.GetProperty("certificate").GetString()!]);
        await AssertFailsAsync(1, Connected, [.. list, "--trust", Path.Combine(_folder, "keys", "https.crt")]);
        await AssertFailsAsync(2, "64 hexadecimal digits", [.. list, "--trust", "sha256:12"]);
        await AssertFailsAsync(1, key, [.. list, "--trust", key]);
    }

    [Fact]
    public async Task A_certificate_that_is_not_there_is_one_line() => await AssertFailsAsync(
        1, "There is no file", "serve", "--https", "--data", _folder, "--urls", "https://127.0.0.1:0",
        "--certificate", Path.Combine(_folder, "missing.pem"));

    [Fact]
    public async Task A_password_is_no_argument()
    {
        await AssertFailsAsync(2, "--certificate-password", "serve", "--https", "--certificate-password", "secret");
    }

    [Fact]
    public async Task A_market_keeps_its_id_on_its_folder()
    {
        string? first = null;
        for (var run = 0; run < 2; run++)
        {
            using var serve = ServeProcess.Start("serve", "--data", _folder, "--urls", "http://127.0.0.1:0", "--json");
            var market = (await serve.ReadLineAsync()).GetProperty("market").GetString();
            Assert.Equal(first ?? market, market);
            first = market;
        }
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_and_touches_no_data()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var data = Path.Combine(_folder, "data");
        var url = $"http://{other.LocalEndpoint}";
        await AssertFailsAsync(1, "in use", "serve", "--data", data, "--urls", url);
        Assert.False(Path.Exists(data));
    }

    [Fact]
    public async Task A_folder_in_use_is_one_line()
    {
        using var serve = ServeProcess.Start("serve", "--data", _folder, "--urls", "http://127.0.0.1:0", "--json");
        await serve.ReadLineAsync();
        await AssertFailsAsync(
            1, "in use by another process", "serve", "--data", _folder, "--urls", "http://127.0.0.1:0");
    }

    [Fact]
    public async Task A_damaged_store_is_one_line_and_stays_as_it_is()
    {
        var store = Path.Combine(_folder, "market.sqlite");
        await File.WriteAllTextAsync(store, new string('x', 5_000));
        await AssertFailsAsync(1, "damaged", "serve", "--data", _folder, "--urls", "http://127.0.0.1:0");
        Assert.Equal(new string('x', 5_000), await File.ReadAllTextAsync(store));
        Assert.False(Path.Exists(Path.Combine(_folder, "keys")));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_one_line()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "");
        await AssertFailsAsync(1, file, "serve", "--data", Path.Combine(file, "data"), "--urls", "http://127.0.0.1:0");
    }

    [Fact]
    public async Task The_limits_that_may_be_set_are_listed()
    {
        using var serve = ServeProcess.Start("serve", "--limit", "help");
        var (exitCode, errors) = await serve.WaitAsync();
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains("  requests-in-flight=64 ", await serve.ReadAllAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--nonsense", "serve", "--nonsense")]
    [InlineData("srve", "srve")]
    [InlineData("0 to 10000", "serve", "--fee-bps", "10001")]
    [InlineData("0 to 10000", "serve", "--fee-bps", "many")]
    [InlineData("https", "serve", "--urls", "https://127.0.0.1:1")]
    [InlineData("no address", "serve", "--urls", "here")]
    [InlineData("no IP address", "serve", "--urls", "http://example.org:80")]
    [InlineData("--allow-remote", "serve", "--urls", "http://0.0.0.0:0")]
    [InlineData("1000.00", "serve", "--starting-balance", "1,000")]
    [InlineData("exclude each other", "serve", "--memory", "--data", "x")]
    [InlineData("--name", "serve", "--name", "")]
    [InlineData("'round' is no limit", "serve", "--limit", "rounds=5", "--limit", "round=5")]
    [InlineData("rounds=N with N from 1 to 1000", "serve", "--limit", "rounds=0")]
    [InlineData("https://", "serve", "--https", "--urls", "http://127.0.0.1:0")]
    [InlineData("add --https", "serve", "--certificate", "x.pem")]
    [InlineData("--certificate.", "serve", "--https", "--certificate-key", "x.pem")]
    [InlineData("market.example", "serve", "--host", "https://market.example")]
    [InlineData("-p:OrleansEngine=true", "serve", "--engine", "orleans", "--cluster", "main")]
    [InlineData("embedded and orleans", "serve", "--engine", "akka")]
    [InlineData("--engine orleans", "serve", "--cluster", "main")]
    [InlineData("--engine orleans", "serve", "--silo-port", "11112")]
    [InlineData("MARKET_STORE", "cluster", "status")]
    public async Task A_wrong_command_line_is_one_line_that_says_what_is_wrong(
        string finding, params string[] arguments) =>
        await AssertFailsAsync(2, finding, arguments);

    private static async Task AssertFailsAsync(int expected, string finding, params string[] arguments)
    {
        using var serve = ServeProcess.Start(arguments);
        var (exitCode, errors) = await serve.WaitAsync();
        Assert.Equal(expected, exitCode);
        Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.Contains(finding, errors, StringComparison.Ordinal);
    }
}
