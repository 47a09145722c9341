using System.CommandLine;
using System.Text.Json;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Silo.Commands.Audit;

namespace Market.Silo.Tests.Audit;

/// <summary>The command as a person or a script meets it.</summary>
public sealed class AuditCommandTests
{
    [Fact]
    public async Task A_sound_store_ends_with_0_and_a_table_without_colour_codes()
    {
        using var store = await TestStore.CreateAsync();

        var (code, output, error) = Run("audit", "verify", "--data", store.Folder);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("5: 4 settled, 1 failed, 0 in progress", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task The_report_as_json_has_its_documented_members()
    {
        using var store = await TestStore.CreateAsync();

        var (code, output, error) = Run("audit", "verify", "--data", store.Folder, "--json");

        Assert.Equal((0, ""), (code, error));
        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        foreach (var (name, value) in new[]
        {
            ("deals", 5), ("dealsSettled", 4), ("dealsFailed", 1), ("inProgress", 0), ("signaturesVerified", 9),
            ("oversold", 0), ("settledTwice", 0),
        })
        {
            Assert.Equal(value, root.GetProperty(name).GetInt32());
        }

        Assert.True(root.GetProperty("chainVerified").GetBoolean());
        Assert.InRange(root.GetProperty("rows").GetInt32(), 40, 100);
        Assert.InRange(root.GetProperty("entries").GetInt32(), 10, 20);
        Assert.InRange(root.GetProperty("streams").GetInt32(), 10, 20);
        Assert.Equal(0, root.GetProperty("errors").GetArrayLength());
        var usd = root.GetProperty("trialBalance").EnumerateArray().Single();
        Assert.Equal("USD", usd.GetProperty("asset").GetString());
        Assert.Equal(0, usd.GetProperty("sum").GetInt64());
        Assert.True(usd.GetProperty("zero").GetBoolean());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_bad_row_ends_with_1_and_is_named_on_one_line(bool isJson)
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var row = forger.Find<DealBooked>().Row;
        forger.Execute("UPDATE event SET writer = 5 WHERE position = ?", row.Position);

        string[] verify = ["audit", "verify", "--data", store.Folder];
        var (code, output, error) = Run(isJson ? [.. verify, "--json"] : verify);

        Assert.Equal(1, code);
        Assert.Contains(
            $"position {row.Position}, stream {row.Stream}, version {row.Version}: Its hash is",
            Assert.Single(Lines(error)),
            StringComparison.Ordinal);
        if (isJson)
        {
            using var json = JsonDocument.Parse(output);
            Assert.Equal(row.Position, json.RootElement.GetProperty("errors")[0].GetProperty("position").GetInt64());
        }
    }

    [Fact]
    public void A_folder_that_is_missing_ends_with_2()
    {
        var (code, output, error) = Run("audit", "verify", "--data", "/nowhere/at/all");

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("There is no folder '/nowhere/at/all'", Assert.Single(Lines(error)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_store_ends_with_2()
    {
        using var store = TestStore.Empty();

        var (code, _, error) = Run("audit", "show", "--data", store.Folder);

        Assert.Equal(2, code);
        Assert.Contains("has no market.sqlite", Assert.Single(Lines(error)), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(store.Folder));
    }

    [Theory]
    [InlineData("not a database, but long enough to look like one")]
    [InlineData("")]
    public void A_file_that_is_no_store_ends_with_2(string content)
    {
        using var store = TestStore.Empty();
        File.WriteAllText(store.Path, content);

        var (code, _, error) = Run("audit", "verify", "--data", store.Folder);

        Assert.Equal(2, code);
        Assert.Contains(store.Path, Assert.Single(Lines(error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_of_a_newer_program_ends_with_2()
    {
        using var store = await TestStore.CreateAsync();
        using (var forger = new StoreForger(store))
        {
            forger.Execute("PRAGMA user_version = 99");
        }

        var (code, _, error) = Run("audit", "verify", "--data", store.Folder);

        Assert.Equal(2, code);
        Assert.Contains("is 99 and this program reads 1 to 1", Assert.Single(Lines(error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_gives_the_balances_that_the_postings_add_up_to()
    {
        using var store = await TestStore.CreateAsync();

        var (code, output, _) = Run("audit", "show", "--data", store.Folder, "--json");

        Assert.Equal(0, code);
        var balances = Lines(output).Select(static line => JsonDocument.Parse(line).RootElement).ToDictionary(
            static line => line.GetProperty("account").GetString()!,
            static line => line.GetProperty("posted").GetInt64());
        Assert.Equal(
            0, balances.Where(static b => b.Key.EndsWith(":USD", StringComparison.Ordinal)).Sum(static b => b.Value));

        // Fees of 1 %: 160 of 160.00, 99 of 99.00, 50.5 of 50.50 to the even 50, 241.5 of 241.50 to the even 242.
        Assert.Equal(160 + 99 + 50 + 242, balances["fees:market:USD"]);
    }

    [Fact]
    public async Task Show_gives_an_accounts_postings_and_a_deals_rows()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var booked = forger.Find<DealBooked>();
        var deal = booked.Event.Deal;

        var postings = Lines(
            Run("audit", "show", "--data", store.Folder, "--account", "fees:market:USD", "--json").Output);
        var rows = Lines(Run("audit", "show", "--data", store.Folder, "--deal", deal.ToString(), "--json").Output);
        var ofNegotiation = Run(
            "audit", "show", "--data", store.Folder, "--negotiation", booked.Event.Negotiation.ToString());

        Assert.Equal(4, postings.Count);
        Assert.Equal(
            [nameof(OfferAccepted), nameof(DealBooked), nameof(DealSettled)],
            rows.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString())
                .TakeLast(3));
        Assert.Equal(0, ofNegotiation.Code);
        Assert.Contains(nameof(NegotiationOpened), ofNegotiation.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_of_a_damaged_store_says_so_and_ends_with_1()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        forger.Execute("UPDATE event SET writer = 5 WHERE position = 9");

        var (code, output, error) = Run("audit", "show", "--data", store.Folder);

        Assert.Equal(1, code);
        Assert.Contains("fees:market:USD", output, StringComparison.Ordinal);
        Assert.Contains("The store is not sound", Assert.Single(Lines(error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_of_a_name_that_is_not_there_ends_with_2()
    {
        using var store = await TestStore.CreateAsync();

        var (code, _, error) = Run("audit", "show", "--data", store.Folder, "--account", "funds:99:USD");

        Assert.Equal(2, code);
        Assert.Contains("nothing of the account 'funds:99:USD'", Assert.Single(Lines(error)), StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var root = new RootCommand { AuditCommand.Create() };
        var code = root.Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private static List<string> Lines(string text) =>
        [.. text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)];
}
