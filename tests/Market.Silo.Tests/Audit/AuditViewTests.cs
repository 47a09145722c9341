using System.CommandLine;
using System.Text.Json;
using Market.Client;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Silo.Commands.Audit;
using Market.Silo.Commands.Receipts;

namespace Market.Silo.Tests.Audit;

/// <summary>What an auditor, or the holder of a receipt, asks on the command line.</summary>
public sealed class AuditViewTests
{
    [Fact]
    public async Task The_trial_balance_has_a_line_for_each_asset_and_adds_up()
    {
        using var store = await TestStore.CreateAsync();

        var (code, output, error) = Run("audit", "trial-balance", "--data", store.Folder, "--json");

        Assert.Equal((0, ""), (code, error));
        using var json = JsonDocument.Parse(output);
        var assets = json.RootElement.GetProperty("assets").EnumerateArray().ToList();
        Assert.Equal(3, assets.Count); // USD, the listing's units, the request's need
        Assert.All(assets, static asset =>
            Assert.Equal(asset.GetProperty("debits").GetInt64(), asset.GetProperty("credits").GetInt64()));
        Assert.InRange(json.RootElement.GetProperty("asOfEntry").GetInt64(), 10, 20);
        Assert.True(json.RootElement.GetProperty("isZero").GetBoolean());
        Assert.Contains("Every asset adds up", Run("audit", "trial-balance", "--data", store.Folder).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_balance_that_is_not_zero_ends_with_1()
    {
        using var store = await TestStore.CreateAsync();
        using (var forger = new StoreForger(store))
        {
            var posted = forger.Find<TransfersPosted>().Event;
            var funds = posted.Opened.First(static a => a.Name.Kind == AccountKind.Funds).Number;
            var stock = forger.Find<TransfersPosted>(skip: 2).Event.Opened[^1].Number;
            forger.AppendEntry(at => posted with { At = at, Opened = [], Postings = [new Posting(funds, stock, 7)] });
        }

        var (code, output, error) = Run("audit", "trial-balance", "--data", store.Folder);

        Assert.Equal(1, code);
        Assert.Contains("NOT every asset adds up", output, StringComparison.Ordinal);
        Assert.Contains("not sound", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_is_shown_by_name_or_number_with_its_running_balance()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var opened = forger.Find<TransfersPosted>().Event.Opened.First(static a => a.Name.Kind == AccountKind.Funds);

        var byName = Run("audit", "show", "--data", store.Folder, "--account", opened.Name.ToString(), "--json");
        var byNumber = Run(
            "audit", "show", "--data", store.Folder, "--account", $"{opened.Number.Value}", "--json");

        Assert.Equal(byName, byNumber);
        var lines = Lines(byName.Output).Select(static line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal("500000", lines[0].GetProperty("balance").GetString());
        var held = lines.Single(static line => line.GetProperty("movement").GetString() == "Held");
        Assert.Equal("500", held.GetProperty("held").GetString());
        Assert.Equal("0", lines[^1].GetProperty("held").GetString());
    }

    [Fact]
    public async Task A_deal_is_shown_from_its_opening_to_its_receipt()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var booked = forger.Find<DealBooked>();

        var (code, output, _) =
            Run("audit", "show", "--data", store.Folder, "--deal", booked.Event.Deal.ToString(), "--json");

        Assert.Equal(0, code);
        var lines = Lines(output).Select(static line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(
            [
                nameof(NegotiationOpened), nameof(OfferMade), nameof(OfferMade), nameof(OfferAccepted),
                nameof(DealBooked), nameof(DealSettled),
            ],
            lines.Select(static line => line.GetProperty("event").GetString()));
        Assert.Equal(5, lines.Count(static line =>
            line.GetProperty("signature").GetString() is { } said
            && said.EndsWith(": verified", StringComparison.Ordinal)));
        Assert.Contains("160.00 USD", lines[2].GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Contains(
            "from funds:1:USD to fees:market:USD", lines[4].GetProperty("content").GetString(),
            StringComparison.Ordinal);
        Assert.Equal(lines[2].GetProperty("hash").GetString(), lines[3].GetProperty("hash").GetString());
    }

    [Fact]
    public async Task A_signature_that_does_not_verify_is_shown_as_such()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var (row, accepted) = forger.Find<OfferAccepted>();
        var signature = accepted.Evidence!.Signature.ToArray();
        signature[3] ^= 1;
        forger.Replace(row, accepted with { Evidence = accepted.Evidence with { Signature = signature } });

        var (_, output, _) = Run("audit", "show", "--data", store.Folder, "--deal", accepted.Deal.ToString());

        Assert.Contains("DOES NOT VERIFY", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_verifies_on_the_command_line_with_the_key_alone()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var settled = forger.Find<DealSettled>().Event;
        var market = Domain.Wire.WireFormat.Decode<Domain.Auditing.Receipt>(settled.Receipt.Bytes.Span).Market;
        var file = Path.Combine(store.Folder, "receipt.json");
        var key = Path.Combine(store.Folder, "keys", "market.pem");
        new ReceiptFile(market, settled.Receipt).Save(file);

        var (code, output, error) = Run("receipt", "verify", file, "--key", key, "--deal", settled.Deal.ToString());
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("Genuine.", output, StringComparison.Ordinal);
        Assert.Contains("160.00 USD", output, StringComparison.Ordinal);

        var bytes = settled.Receipt.Bytes.ToArray();
        bytes[^3] ^= 1;
        new ReceiptFile(market, settled.Receipt with { Bytes = bytes }).Save(file);
        (code, output, _) = Run("receipt", "verify", file, "--key", key, "--json");
        Assert.Equal(1, code);
        using var json = JsonDocument.Parse(output);
        Assert.False(json.RootElement.GetProperty("genuine").GetBoolean());

        Assert.Equal(2, Run("receipt", "verify", file + "x", "--key", key).Code);
        Assert.Equal(2, Run("receipt", "verify", file, "--key", file).Code);
        Assert.Equal(2, Run("receipt", "verify", file, "--key", key, "--terms-hash", "abc").Code);
    }

    [Theory]
    [InlineData("audit", "trial-balance", "--data", "/nowhere/at/all")]
    [InlineData("audit", "show", "--data", "/nowhere/at/all", "--deal", "deal_1")]
    [InlineData("audit", "verify", "--data", "/nowhere/at/all", "--checkpoints", "/nowhere/x.jsonl")]
    public void What_cannot_be_read_is_one_line_and_ends_with_2(params string[] arguments)
    {
        var (code, output, error) = Run(arguments);

        Assert.Equal((2, ""), (code, output));
        Assert.Single(Lines(error));
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var root = new RootCommand { AuditCommand.Create(), ReceiptCommand.Create() };
        var code = root.Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private static List<string> Lines(string text) =>
        [.. text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)];
}
