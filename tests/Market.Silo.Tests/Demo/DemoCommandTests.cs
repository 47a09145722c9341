using Market.Grains.Journaling;
using Market.Silo.Commands.Audit;
using Market.Silo.Tests.Commands;
using Market.Silo.Tests.Demo.Magentic;
using Market.TestSupport;

namespace Market.Silo.Tests.Demo;

public sealed class DemoCommandTests
{
    [Fact]
    public async Task A_data_set_that_is_missing_is_one_line_and_a_usage_error()
    {
        var run = await DemoRun.OfAsync("--data-set", "/no/such/folder");
        Assert.Equal((2, string.Empty), (run.Code, run.Output));
        Assert.Equal("market: /no/such/folder: there is no such folder.", run.Error.TrimEnd());
    }

    [Fact]
    public async Task Broken_YAML_is_one_line_with_file_and_line_and_a_usage_error()
    {
        using var folder = new MagenticFolder(
            customer: MagenticFolder.Customer.Replace("name: Ann", "name: 'Ann", StringComparison.Ordinal));
        var run = await DemoRun.OfAsync("--data-set", folder.Path, "--json");
        Assert.Equal((2, string.Empty), (run.Code, run.Output));
        var path = Path.Combine(folder.Path, "customers", "customer_1.yaml");
        Assert.StartsWith($"market: {path}, line 2: this is not valid YAML", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', run.Error.TrimEnd());
    }

    [Fact]
    public async Task A_menu_that_a_market_refuses_is_a_usage_error_that_names_the_file()
    {
        var business = MagenticFolder.Business.Replace("Salsa: 1", "taco: 1", StringComparison.Ordinal);
        using var folder = new MagenticFolder(business: business);
        var run = await DemoRun.OfAsync("--data-set", folder.Path);
        Assert.Equal(2, run.Code);
        Assert.Contains("business_1.yaml, line 6", run.Error, StringComparison.Ordinal);
        Assert.Contains("LinesAreInvalid", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_price_above_what_can_be_ranked_is_a_usage_error_and_stops_every_agent()
    {
        var business = MagenticFolder.Business.Replace("Taco: 5.05", "Taco: 10000.01", StringComparison.Ordinal);
        using var folder = new MagenticFolder(business: business);
        var run = await DemoRun.OfAsync("--data-set", folder.Path, "--json");
        Assert.Equal((2, string.Empty), (run.Code, run.Output));
        Assert.Contains("1,000,000 outcomes", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--buyers")]
    [InlineData("--sellers")]
    public void An_unknown_strategy_is_refused_and_those_that_exist_are_listed(string option)
    {
        var error = Assert.Single(DemoRun.UsageErrorsOf(option, "Stubborn"));
        Assert.StartsWith($"{option}: There is no strategy 'Stubborn'.", error, StringComparison.Ordinal);
        Assert.Contains("negmas:Boulware", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("18446744073709551616")]
    public void A_seed_that_is_no_number_is_refused(string seed) => Assert.Contains(
        DemoRun.UsageErrorsOf("--seed", seed), error => error.Contains("whole number", StringComparison.Ordinal));

    [Fact]
    public async Task The_market_is_kept_in_the_folder_that_is_named_and_no_second_one_is_put_there()
    {
        using var data = new MagenticFolder();
        var store = Path.Combine(data.Path, "store");
        var kept = await DemoRun.OfAsync("--data-set", data.Path, "--data", store, "--json");
        Assert.Equal(1, kept.Json().GetProperty("dealsSettled").GetInt32());
        var audit = OfflineAudit.Verify(store);
        Assert.Equal((true, 1), (audit.IsSound, audit.DealsSettled));

        var again = await DemoRun.OfAsync("--data-set", data.Path, "--data", store, "--json");
        Assert.Equal((2, string.Empty), (again.Code, again.Output));
        Assert.Contains("is not empty", again.Error, StringComparison.Ordinal);
        Assert.Equal(audit.Rows, OfflineAudit.Verify(store).Rows);
    }

    [FactWithPostgres]
    public async Task The_market_is_kept_in_the_database_that_is_named_and_no_second_one_is_put_there()
    {
        using var data = new MagenticFolder();
        using var database = PostgresServer.Shared.CreateDatabase();
        var keys = Path.Combine(data.Path, "keys-of-it");
        string[] words = ["--data-set", data.Path, "--store", database.Address, "--json"];
        var kept = await DemoRun.OfAsync([.. words, "--data", keys]);
        Assert.Equal(1, kept.Json().GetProperty("dealsSettled").GetInt32());
        var place = new AuditPlace(keys, StoreAddress.Parse(database.Address).ConnectionString);
        var audit = OfflineAudit.Verify(place);
        Assert.Equal((true, 1), (audit.IsSound, audit.DealsSettled));

        var again = await DemoRun.OfAsync(words);
        Assert.Equal((2, string.Empty), (again.Code, again.Output));
        Assert.Contains("has a market already; name an empty one by --store", again.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', again.Error.TrimEnd());
        Assert.DoesNotContain(PostgresServer.Shared.Password, again.Error, StringComparison.Ordinal);
        Assert.Equal(audit.Rows, OfflineAudit.Verify(place).Rows);
    }

    [FactWithPostgres]
    public async Task A_database_that_does_not_let_the_demo_in_is_one_line_without_the_password()
    {
        var store = $"postgres://market:wrong-word@127.0.0.1:{PostgresServer.Shared.Port}/postgres";
        using var process = ServeProcess.Start("demo", "--store", store);
        var (code, errors) = await process.WaitAsync();
        Assert.Equal(1, code);
        Assert.StartsWith("market: ", Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-word", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("somewhere")]
    [InlineData("mysql://host/database")]
    public void A_store_that_is_no_database_is_refused(string store) => Assert.StartsWith(
        "--store", Assert.Single(DemoRun.UsageErrorsOf("--store", store)), StringComparison.Ordinal);

    [Fact]
    public async Task Names_and_texts_that_a_market_does_not_take_are_brought_into_shape()
    {
        var name = new string('x', 100);
        var text = new string('y', 3_000);
        using var folder = new MagenticFolder(
            MagenticFolder.Customer.Replace("Ann", name, StringComparison.Ordinal)
                .Replace("id: customer_1", "id: Customer 1", StringComparison.Ordinal),
            MagenticFolder.Business.Replace("Tacos.", text, StringComparison.Ordinal));
        var deal = (await DemoRun.OfAsync("--data-set", folder.Path, "--json")).Json().GetProperty("deals")[0];
        Assert.Equal("Customer 1", deal.GetProperty("customer").GetString());
    }
}
