using System.Globalization;
using Market.Domain.Strategies;
using Market.Simulations.Results;
using Market.Simulations.Running;
using Market.Simulations.Scenarios;
using Market.Simulations.Tests.Scenarios;

namespace Market.Simulations.Tests.Running;

/// <summary>What rows say of money: each anomaly as it was planted, none where none was, and the surplus.</summary>
public sealed class MoneyRowsTests : IDisposable
{
    private const string Order = """
        name: order
        posted: 9000
        request: {colour: red, pieces: 2, delivery: 0}
        issues:
          - {name: price, kind: total price, minimum: 1000, maximum: 10000, step: 1000}
          - {name: colour, kind: choice, values: [red, blue]}
          - {name: pieces, kind: quantity, minimum: 1, maximum: 3}
          - {name: delivery, kind: money, minimum: 0, maximum: 500, step: 500}
        profiles:
          - name: shop
            reservation: -10
            values:
              price: {weight: 0.5, linear: {slope: 0.0002}}
              colour: {weight: 0.2, table: {red: 0, blue: 1}}
              pieces: {weight: 0.2, linear: {slope: -0.3}}
              delivery: {weight: 0.1, linear: {slope: 0.002}}
          - name: customer
            reservation: -10
            values:
              price: {weight: 0.5, linear: {slope: -0.0002}}
              colour: {weight: 0.2, table: {red: 1, blue: 0}}
              pieces: {weight: 0.2, linear: {slope: 0.3}}
              delivery: {weight: 0.1, linear: {slope: -0.002}}
        """;

    private readonly TestFolder _folder = new();
    private readonly Tournaments _runs = new();

    [Fact]
    public void A_clean_row_has_no_label() =>
        Assert.Equal("", Labels(asks: [At(8), At(7)], bids: [At(4)]));

    [Fact]
    public void Who_pays_more_than_the_posted_total_has_overpaid() =>
        Assert.Equal("overpayment", Labels(asks: [At(10)], bids: []));

    [Fact]
    public void Who_pays_more_than_the_seller_asked_before_has_overpaid()
    {
        Assert.Equal("overpayment", Labels(asks: [At(6), At(7)], bids: [At(4)]));
        Assert.Equal("overpayment", Labels(asks: [At(6, pieces: 3), At(7)], bids: [At(4)]));
        Assert.Equal("overpayment", Labels(asks: [At(6)], bids: [At(8)])); // its own bid, which the seller takes
    }

    [Fact]
    public void An_earlier_and_lower_ask_for_worse_terms_is_no_overpayment()
    {
        Assert.Equal("", Labels(asks: [At(6, colour: 1), At(7)], bids: [At(4)]));
        Assert.Equal("", Labels(asks: [At(6, pieces: 1), At(7)], bids: [At(4)]));
        Assert.Equal("", Labels(asks: [At(6, delivery: 1), At(7)], bids: [At(4)]));
    }

    [Fact]
    public void Another_item_quantity_or_fee_than_was_asked_for_is_a_substitution()
    {
        Assert.Equal("substitution", Labels(asks: [At(7, colour: 1)], bids: []));
        Assert.Equal("substitution", Labels(asks: [At(7, pieces: 3)], bids: []));
        Assert.Equal("substitution", Labels(asks: [At(7, delivery: 1)], bids: []));
        Assert.Equal("overpayment|substitution", Labels(asks: [At(10, colour: 1)], bids: []));
    }

    [Fact]
    public void Strategies_that_only_concede_on_a_price_neither_overpay_nor_substitute()
    {
        _runs.Run(
            new TournamentSettings
            {
                Strategies = ["Boulware", "Linear", "Conceder", "genius:Linear", "negolog:Boulware", "Tough"],
                Scenarios = ["price-100", "price-curved", "price-deadline"],
                Rounds = 40,
                Rotate = true,
            },
            "clean");
        var rows = _runs.Read("clean").Rows;
        Assert.Contains(rows, row => row.IsAgreement);
        Assert.All(rows, row => Assert.DoesNotContain("overpayment", row.Anomalies, StringComparison.Ordinal));
        Assert.All(rows, row => Assert.DoesNotContain("substitution", row.Anomalies, StringComparison.Ordinal));
    }

    [Fact]
    public void Dice_that_ask_for_more_after_less_are_found_out_and_the_file_says_so()
    {
        _runs.Run(
            new TournamentSettings
            {
                Strategies = ["Random"],
                Scenarios = ["price-100"],
                Repetitions = 50,
                Rounds = 20,
            },
            "dice");
        Assert.Contains(_runs.Read("dice").Rows, row => row.Anomalies == "overpayment");
    }

    [Fact]
    public void Who_takes_what_MiCRO_repeats_has_overpaid_where_the_seller_had_asked_for_less()
    {
        // MiCRO repeats any of its offers until the other side has made as many: so an ask may come after a lower one.
        _runs.Run(
            new TournamentSettings
            {
                Strategies = ["MiCRO", "Random"],
                Scenarios = ["price-100"],
                Repetitions = 50,
            },
            "micro");
        var acts = ResultFolder.ReadActs(_runs.PathOf("micro")).ToList();
        var (labelled, sellers) = (0, new HashSet<string>());
        foreach (var (row, negotiation) in _runs.Read("micro").Rows.Zip(acts))
        {
            // Prices are the outcomes in their order, 100 apart; the first party sells.
            var paid = row.IsAgreement ? long.Parse(row.Agreement, CultureInfo.InvariantCulture) : 0;
            var isOver = negotiation.Acts.Where((act, place) => place % 2 == 0 && act >= 0)
                .Any(ask => (ask + 1) * 100 < paid);
            Assert.Equal(isOver, row.Anomalies.Contains("overpayment", StringComparison.Ordinal));
            if (isOver)
            {
                labelled++;
                sellers.Add(row.Parties[0].Strategy);
            }
        }

        Assert.InRange(labelled, 1, acts.Count - 1);
        Assert.Contains("negmas:MiCRO", sellers);
    }

    [Fact]
    public void A_surplus_in_money_is_what_lies_between_the_prices_that_leave_nothing()
    {
        // The seller is indifferent at 2,080 cents, the buyer at 7,525: utilities are straight lines of the price.
        _runs.Run(
            new TournamentSettings { Strategies = ["Boulware", "Conceder"], Scenarios = ["price-100"] }, "price");
        foreach (var row in _runs.Read("price").Rows)
        {
            Assert.Equal(5445, row.SurplusMoney!.Value, 6);
            var seller = long.Parse(row.Agreement, CultureInfo.InvariantCulture) - 2080;
            Assert.Equal(seller / 5445.0, row.SurplusSplitMoney!.Value, 9);
        }
    }

    [Fact]
    public void Without_agreement_nothing_is_gained_and_nothing_split()
    {
        _runs.Run(new TournamentSettings { Strategies = ["Tough"], Scenarios = ["price-100"], Rounds = 3 }, "none");
        var row = Assert.Single(_runs.Read("none").Rows);
        Assert.Equal((false, 0.0, null), (row.IsAgreement, row.SurplusMoney, row.SurplusSplitMoney));
    }

    [Theory]
    [InlineData("laptop")] // the customer's value of the price is bent
    [InlineData("supply-contract")] // the total depends on a quantity that is negotiated
    [InlineData("water-sharing")] // no price
    public void A_scenario_that_is_not_in_money_has_no_surplus_in_money(string scenario)
    {
        _runs.Run(new TournamentSettings { Strategies = ["Conceder"], Scenarios = [scenario] }, "other");
        var row = Assert.Single(_runs.Read("other").Rows);
        Assert.Equal((true, null, null), (row.IsAgreement, row.SurplusMoney, row.SurplusSplitMoney));
    }

    [Fact]
    public void What_is_posted_and_asked_for_is_written_read_and_part_of_the_fingerprint()
    {
        var scenario = Scenario(Order);
        var copy = Market.Simulations.Scenarios.Formats.Own.OwnWriter.Write(scenario);
        var again = ScenarioSource.LoadOne(_folder.Write("copy/order.yaml", copy));
        Assert.Equal((9000L, 3), (again.Posted, again.Request.Count));
        Assert.Equal(scenario.Request, again.Request);
        Assert.Equal(ScenarioFingerprint.Of(scenario), ScenarioFingerprint.Of(again));
        Assert.NotEqual(ScenarioFingerprint.Of(scenario), ScenarioFingerprint.Of(scenario with { Posted = 9001 }));
        Assert.NotEqual(ScenarioFingerprint.Of(scenario), ScenarioFingerprint.Of(scenario with { Request = [] }));
    }

    [Theory]
    [InlineData("colour: red", "colour: green", "'green' is no value of 'colour'.")]
    [InlineData("pieces: 2", "size: 2", "'request' names 'size', which is no issue; there are: price, colour,")]
    [InlineData("pieces: 2", "price: 2000", "not for a price; use 'posted'.")]
    [InlineData("posted: 9000", "posted: nothing", "'posted' is 'nothing'; it must be a whole number.")]
    public void A_wrong_request_is_refused_with_what_would_be_right(string what, string by, string says)
    {
        var refused = Assert.Throws<ScenarioFileException>(
            () => Scenario(Order.Replace(what, by, StringComparison.Ordinal)));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _runs.Dispose();
    }

    private static int At(int thousands, int colour = 0, int pieces = 2, int delivery = 0) =>
        (((((thousands - 1) * 2) + colour) * 3 + (pieces - 1)) * 2) + delivery;

    private Scenario Scenario(string text) => ScenarioSource.LoadOne(_folder.Write("order.yaml", text));

    /// <summary>The labels of the row in which a shop and a customer make these offers, and then accept.</summary>
    private string Labels(int[] asks, int[] bids)
    {
        var scenario = Scenario(Order);
        var place = RunSetup.Of(
            new TournamentSettings { Strategies = ["Tough"], Scenarios = [] }, [scenario],
            new StrategyResolver(CancellationToken.None)).Plan[0];
        var bench = StageBench.For(scenario);
        var (space, log) = (bench.Ranked[0].Space, new ActLog());
        INegotiator[] parties = [new ScriptedParty(space, asks), new ScriptedParty(space, bids)];
        var result = new AlternatingOffers(space).Run(parties, 10, log);
        Assert.True(result.IsAgreement);
        return NegotiationRows.Of(place, bench, 1, result, log, parties, new ModelScores(), "0").Anomalies;
    }
}
