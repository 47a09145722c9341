using System.CommandLine;
using System.Text.Json;
using Market.Client;
using Market.Domain.Enrolling;
using Market.Silo.Commands.Enrolling;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Commands;

/// <summary>`market enrol` as a principal, or its script, meets it.</summary>
public sealed class EnrolCommandTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("market-enrol-").FullName;
    private TestMarket _market = null!;

    public async Task InitializeAsync() => _market = await TestMarket.StartAsync();

    public async Task DisposeAsync()
    {
        await _market.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_agent_is_registered_from_a_shell_under_a_principal_with_a_key_of_its_own()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            // Again changes nothing.
            var (code, output, error) = await RunAsync("--agent-key", PathOf("shopper.key"), "--json");
            Assert.Equal((0, ""), (code, error));
            var json = JsonSerializer.Deserialize<JsonElement>(output);
            Assert.Equal(
                (1, "alice", "buyer"),
                (json.GetProperty("agent").GetInt32(), json.GetProperty("principal").GetString(),
                    json.GetProperty("role").GetString()));
        }

        using var agentKey = AgentKey.Load(PathOf("shopper.key"));
        await using var agent = await MarketClient.ConnectAsync(_market.Host.Uri, agentKey);
        var disclosure = new Disclosure("Alice", "negmas:Boulware", string.Empty);
        Assert.Equal(new AgentProfile("Alice's shopper", "alice", AgentRole.Buyer, disclosure), agent.Agent!.Profile);
        using var ownKey = AgentKey.Load(PathOf("alice.key"));
        await using var alice = await PrincipalClient.ConnectAsync(_market.Host.Uri, ownKey);
        Assert.Equal(("alice", 1), (alice.Principal.Handle, alice.Principal.Revision));
    }

    [Fact]
    public async Task An_agent_whose_key_is_elsewhere_registers_with_the_file_and_no_other_agent_does()
    {
        using var key = AgentKey.Create();
        var file = PathOf("shopper.enrolment");
        var (code, output, error) = await RunAsync("--agent", $"sha256:{key.Thumbprint}", "--out", file);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains(key.Thumbprint.ToString(), output, StringComparison.Ordinal);
        var enrolment = Enrolments.FromBytes(await File.ReadAllBytesAsync(file));

        using var another = AgentKey.Create();
        await using (var stranger = await MarketClient.ConnectAsync(_market.Host.Uri, another))
        {
            var refused = await stranger.TryRegisterAsync(enrolment);
            Assert.Equal(RefusalCode.EnrolmentIsForAnotherKey, refused.Refused!.RefusalCode);
        }

        await using var agent = await MarketClient.ConnectAsync(_market.Host.Uri, key);
        var registered = await agent.RegisterAsync(enrolment);
        Assert.Equal(("Alice's shopper", "alice"), (registered.Profile.Name, registered.Profile.Principal));
    }

    [Fact]
    public async Task A_file_that_is_there_is_neither_written_over_nor_is_anybody_registered()
    {
        await File.WriteAllTextAsync(PathOf("there"), "mine");
        var (code, output, error) = await RunAsync("--agent-key", PathOf("shopper.key"), "--out", PathOf("there"));
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("is there already; name a new file", error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(PathOf("there")));
        Assert.False(File.Exists(PathOf("shopper.key")));
    }

    [Fact]
    public async Task A_handle_of_somebody_else_is_the_markets_refusal_in_one_line()
    {
        await using var other = await _market.BuyerAsync("alice");
        var (code, output, error) = await RunAsync("--agent-key", PathOf("shopper.key"));
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(nameof(EnrolmentRefusal.PrincipalBelongsToAnotherKey), error, StringComparison.Ordinal);
        Assert.StartsWith("market: ", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Name the agent's key, once")]
    [InlineData("Name the agent's key, once", "--agent-key", "a.key", "--agent", "sha256:00", "--out", "x")]
    [InlineData("sha256: and 64 hexadecimal digits", "--agent", "sha256:00", "--out", "x")]
    [InlineData("--days is 366", "--agent-key", "a.key", "--days", "366")]
    [InlineData("--role is 'owner'", "--agent-key", "a.key", "--role", "owner")]
    [InlineData("--principal is 'Alice & Co.'", "--agent-key", "a.key", "--principal", "Alice & Co.")]
    public void What_is_wrong_with_a_command_line_is_said_with_what_would_be_right(
        string says, params string[] arguments) =>
        Assert.Contains(Parse(arguments).Errors, error => error.Message.Contains(says, StringComparison.Ordinal));

    [Fact]
    public void A_key_that_is_elsewhere_needs_a_file_for_the_enrolment() => Assert.Equal(
        "--agent needs --out: only with its key an agent can be registered here.",
        Assert.Single(Parse("--agent", $"sha256:{new string('0', 64)}").Errors).Message);

    private string PathOf(string file) => Path.Combine(_folder, file);

    private ParseResult Parse(params string[] arguments)
    {
        string[] usual =
        [
            "--principal", "alice", "--name", "Alice's shopper", "--role", "buyer", "--operator", "Alice",
            "--model", "negmas:Boulware", "--key", PathOf("alice.key"), "--server", _market.Host.Uri.ToString(),
        ];
        var asked = usual.Chunk(2).Where(pair => !arguments.Contains(pair[0])).SelectMany(static pair => pair);
        return new RootCommand { EnrolCommand.Create() }.Parse(["enrol", .. asked, .. arguments]);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var parsed = Parse(arguments);
        Assert.Empty(parsed.Errors);
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
