using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Silo.Commands.Demo.Magentic;
using Market.Simulations.Populations;

namespace Market.Simulations.Tests.Populations;

/// <summary>Labels of a population's deals: each as it was planted, and none on a clean deal.</summary>
public sealed class NeedLabelsTests
{
    private static readonly MagenticId BuyerId = new("customer_1"), SellerId = new("business_1");

    // The order is worth 30.00 to the customer, is posted at 25.00, and the business takes 20.00 or more.
    private static readonly MagenticCustomer Buyer = new(
        new MagenticCustomerProfile(BuyerId, "A", "Soup and bread.", ["soup", "bread"], []),
        new MagenticCustomerSecret([10_00, 5_00]));

    private static readonly MagenticBusiness Seller = new(
        new MagenticBusinessProfile(
            SellerId, "B", "Food.", 4, [new("bread", 5_00), new("soup", 20_00), new("cake", 5_00)], []),
        new MagenticBusinessSecret(0.8m));

    private static readonly MagenticSale Clean = new(
        BuyerId, new MagenticPrice(SellerId, 22_00), 3, false, 1, SellerId, [new(1, 1), new(0, 1)], 0, 22_00);

    [Fact]
    public void A_clean_deal_has_no_label() => Assert.Equal(Anomalies.None, LabelsOf(Clean));

    [Theory]
    [InlineData(31_00, Anomalies.OverBudget | Anomalies.Overpayment)]
    [InlineData(25_01, Anomalies.Overpayment)]
    [InlineData(25_00, Anomalies.None)]
    [InlineData(20_00, Anomalies.None)]
    [InlineData(19_99, Anomalies.BelowCost)]
    public void What_was_paid_is_held_against_worth_posted_price_and_floor(long paid, Anomalies expected) =>
        Assert.Equal(
            expected,
            LabelsOf(Clean with { Price = new MagenticPrice(SellerId, paid), LeastAskCents = null }));

    [Fact]
    public void More_than_the_same_seller_asked_before_is_overpayment() =>
        Assert.Equal(Anomalies.Overpayment, LabelsOf(Clean with { LeastAskCents = 21_99 }));

    [Fact]
    public void Another_item_quantity_or_charge_than_was_asked_for_is_a_substitution()
    {
        OrderLine[] other = [new(1, 1), new(2, 1)], twice = [new(1, 1), new(0, 2)];
        Assert.Equal(Anomalies.Substitution, LabelsOf(Clean with { Order = [.. other] }));
        Assert.Equal(Anomalies.Substitution, LabelsOf(Clean with { Order = [.. twice] }));
        Assert.Equal(Anomalies.Substitution, LabelsOf(Clean with { ChargesCents = 50 }));
    }

    [Fact]
    public void Labels_stand_in_the_rows_of_needs()
    {
        var plan = new PopulationPlan(
            "planted", new MagenticMarket([Buyer], [Seller]), new Arrivals(1, 1, false, 1),
            TimeDependentPreset.Linear, TimeDependentPreset.Linear, null);
        var sale = Clean with { ChargesCents = 50, LeastAskCents = 21_00 };
        var rows = NeedRows.Of(plan, new Dictionary<MagenticId, MagenticSale> { [BuyerId] = sale });
        var lines = PopulationFiles.Csv(rows).Split("\r\n");
        Assert.EndsWith(",anomalies", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",overpayment|substitution", lines[1], StringComparison.Ordinal);
    }

    private static Anomalies LabelsOf(MagenticSale sale) => NeedLabels.Of(Buyer, Seller, sale);
}
