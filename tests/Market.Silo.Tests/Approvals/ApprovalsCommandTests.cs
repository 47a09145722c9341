using System.CommandLine;
using System.Text.Json;
using Market.Client;
using Market.Domain.Approvals;
using Market.Silo.Commands.Approvals;
using Market.Silo.Tests.Audit;

namespace Market.Silo.Tests.Approvals;

/// <summary>The command as a principal, or its script, meets it.</summary>
public sealed class ApprovalsCommandTests : IDisposable
{
    private readonly TestStore _folder = TestStore.Empty();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_principal_lists_shows_and_approves_and_the_agent_accepts()
    {
        await using var market = await StartAsync();
        var negotiation = await market.OfferedAsync();
        var id = (await market.AskAsync(negotiation)).ToString();

        var (_, list, _) = await RunAsync(market, "list");
        Assert.Contains(id, list, StringComparison.Ordinal);
        Assert.Contains("94.00 USD", list, StringComparison.Ordinal);

        var (_, shown, _) = await RunAsync(market, "show", id);
        foreach (var part in new[]
        {
            "\"Espresso machine\"", "1 × \"machine\"", "unit price       94.00 USD", "delivery days    5",
            "\"Bob's agent\" of \"bob\"", "the offer ends", "wants to buy",
        })
        {
            Assert.Contains(part, shown, StringComparison.Ordinal);
        }

        var (code, approved, error) = await RunAsync(market, "approve", id, "--minutes", "5", "--json");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal("Granted", JsonDocument.Parse(approved).RootElement.GetProperty("status").GetString());
        await negotiation.AcceptAsync(negotiation.State.CounterpartyOffer!);
        var (_, empty, _) = await RunAsync(market, "list");
        Assert.Equal("Nothing waits for your answer.", empty.Trim());
        Assert.Contains("Granted", (await RunAsync(market, "list", "--all")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_denied_approval_is_shown_as_denied()
    {
        await using var market = await StartAsync();
        var id = await market.AskAsync(await market.OfferedAsync());

        var (code, denied, _) = await RunAsync(market, "deny", id.ToString(), "--json");

        Assert.Equal(0, code);
        Assert.Equal("Denied", JsonDocument.Parse(denied).RootElement.GetProperty("status").GetString());
        Assert.Equal(ApprovalStatus.Denied, (await market.Buyer.WaitForApprovalAsync(id)).Status);
    }

    [Fact]
    public async Task Enrolling_makes_the_key_file_once_and_again_changes_nothing()
    {
        await using var market = await StartAsync();
        var agentKey = Path.Combine(_folder.Folder, "shopper.key");
        var alicesKey = Path.Combine(_folder.Folder, "alice.key");
        market.BuyersKey.Save(agentKey);

        for (var i = 0; i < 2; i++)
        {
            var (code, output, error) = await RunAsync(market, "enrol", "--agent-key", agentKey);
            Assert.Equal((0, ""), (code, error));
            Assert.Contains("alice (principal_", output, StringComparison.Ordinal);
        }

        Assert.True(File.Exists(alicesKey));
        using var other = AgentKey.Create();
        File.Delete(alicesKey);
        other.Save(alicesKey);
        var (failed, _, why) = await RunAsync(market, "enrol", "--agent-key", agentKey);
        Assert.Equal(1, failed);
        Assert.Contains("KeyChangeNotAuthorized", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "apr_ and 32", "show", "nonsense")]
    [InlineData(2, "up to 1440", "approve", "apr_00000000000070008000000000000001", "--minutes", "1441")]
    [InlineData(1, "ApprovalUnknown", "show", "apr_00000000000070008000000000000001")]
    [InlineData(1, "ApprovalUnknown", "deny", "apr_00000000000070008000000000000001")]
    public async Task What_is_wrong_is_one_line_that_says_what_would_be_right(
        int expected, string says, params string[] arguments)
    {
        await using var market = await StartAsync();
        var (code, output, error) = await RunAsync(market, arguments);

        Assert.Equal((expected, ""), (code, output));
        Assert.StartsWith("market: ", error, StringComparison.Ordinal);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_key_that_is_missing_or_an_agents_is_named()
    {
        await using var market = await StartAsync();
        var missing = await RunAsync(market, "list", "--key", Path.Combine(_folder.Folder, "nobody.key"));
        Assert.Equal(1, missing.Code);
        Assert.Contains("market approvals enrol", missing.Error, StringComparison.Ordinal);

        var agents = Path.Combine(_folder.Folder, "agent.key");
        market.BuyersKey.Save(agents);
        var wrong = await RunAsync(market, "list", "--key", agents);
        Assert.Equal(1, wrong.Code);
        Assert.Contains("a principal has a key of its own", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watching_shows_what_waits_until_it_is_stopped()
    {
        await using var market = await StartAsync();
        var id = await market.AskAsync(await market.OfferedAsync());
        using var stop = new CancellationTokenSource();
        var output = new StoppingWriter(stop);

        var code = await CommandOf(market, ["watch", "--json"]).InvokeAsync(
            new InvocationConfiguration { Output = output, Error = output }, stop.Token);

        Assert.Equal(0, code);
        Assert.Contains(id.ToString(), output.ToString(), StringComparison.Ordinal);
    }

    private async Task<ApprovedMarket> StartAsync()
    {
        var market = await ApprovedMarket.StartAsync(folder: null);
        market.AlicesKey.Save(Path.Combine(_folder.Folder, "alice.key"));
        return market;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(
        ApprovedMarket market, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandOf(market, arguments)
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private ParseResult CommandOf(ApprovedMarket market, string[] arguments)
    {
        string[] key = arguments.Contains("--key") ? [] : ["--key", Path.Combine(_folder.Folder, "alice.key")];
        var parsed = new RootCommand { ApprovalsCommand.Create() }.Parse(
            ["approvals", .. arguments, "--server", market.Uri.ToString(), .. key]);
        Assert.Empty(parsed.Errors);
        return parsed;
    }

    /// <summary>Takes one line, then stops whoever writes.</summary>
    private sealed class StoppingWriter(CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            stop.Cancel();
        }
    }
}
