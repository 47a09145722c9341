using Market.Domain.Negotiating;

namespace Market.Domain.Tests.Negotiating;

/// <summary>What charges come to, by examples that anybody can check by hand.</summary>
public sealed class AllInTotalTests
{
    private static readonly Issue Price = Issue.UnitPrice(1, 1_000_00);
    private static readonly Issue Where = Issue.Choice("ship to", "here", "near", "far");

    public static TheoryData<string, Charge, long, long> OneCharge => new()
    {
        { "a delivery", Charge.Delivery("delivery", 4_90), 100_00, 104_90 },
        { "a delivery for nothing", Charge.Delivery("delivery", 0), 100_00, 100_00 },
        { "a fee", Charge.Fee("fee", 1), 100_00, 100_01 },
        { "a fee of 2.5 %", Charge.FeeRate("fee", 250), 100_00, 102_50 },
        { "a tax of 19 %", Charge.TaxAdded("tax", 19_00), 100_00, 119_00 },
        { "half a cent goes to the even neighbour below", Charge.TaxAdded("tax", 5_00), 10, 10 },
        { "half a cent goes to the even neighbour above", Charge.TaxAdded("tax", 5_00), 30, 32 },
        { "more than half a cent goes up", Charge.TaxAdded("tax", 5_01), 10, 11 },
        { "less than half a cent goes down", Charge.TaxAdded("tax", 4_99), 10, 10 },
        { "a tax that is included", Charge.TaxIncluded("tax", 19_00), 119_00, 119_00 },
    };

    [Theory]
    [MemberData(nameof(OneCharge))]
    public void One_charge_makes_a_total(string what, Charge charge, long goods, long total)
    {
        var agenda = new Agenda(Currency.Usd, [Price], [charge]);

        Assert.True(agenda.TotalOf(Outcome.Of(goods)) == total, $"{what}: {agenda.TotalOf(Outcome.Of(goods))}");
    }

    [Fact]
    public void A_tax_is_on_goods_delivery_and_fees_together_wherever_it_stands()
    {
        var agenda = new Agenda(
            Currency.Usd,
            [Price, Issue.Quantity(1, 10), Where],
            [
                Charge.TaxAdded("tax", 10_00),
                Charge.DeliveryBy("delivery", 2, 0, 5_00, 20_00),
                Charge.FeeRate("service", 2_00),
                Charge.Fee("handling", 1_00),
            ]);

        var breakdown = agenda.BreakdownOf(Outcome.Of(50_00, 3, 1));

        Assert.Equal(150_00, breakdown.GoodsMinor);
        Assert.Equal([15_90L, 5_00, 3_00, 1_00], breakdown.Parts.Select(static part => part.AmountMinor));
        Assert.Equal(150_00 + 5_00 + 3_00 + 1_00 + 15_90, breakdown.TotalMinor);
        Assert.Equal(breakdown.TotalMinor + 16_50, agenda.TotalOf(Outcome.Of(50_00, 3, 2)));
    }

    [Fact]
    public void Included_taxes_are_named_and_add_nothing()
    {
        var agenda = new Agenda(
            Currency.Usd,
            [Price],
            [Charge.TaxIncluded("state", 15_00), Charge.TaxIncluded("city", 5_00), Charge.Delivery("delivery", 20_00)]);

        var breakdown = agenda.BreakdownOf(Outcome.Of(100_00));

        Assert.Equal(120_00, breakdown.TotalMinor);
        Assert.Equal(
            [
                new TotalPart("state", ChargeKind.Tax, 15_00, IsIncluded: true),
                new TotalPart("city", ChargeKind.Tax, 5_00, IsIncluded: true),
                new TotalPart("delivery", ChargeKind.Delivery, 20_00, IsIncluded: false),
            ],
            breakdown.Parts);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void The_largest_total_counts_the_dearest_choice_and_the_taxes(long beyond, bool isValid)
    {
        // (400 + 100 of delivery) × 2 is the largest amount exactly.
        const long Unit = MarketLimits.AmountMax / 1_000;
        var agenda = new Agenda(
            Currency.Usd,
            [Issue.TotalPrice(1, (400 * Unit) + beyond), Where],
            [Charge.DeliveryBy("delivery", 1, 0, 100 * Unit, 7), Charge.TaxAdded("tax", Charge.BasisPointsMax)]);

        Assert.Equal(isValid, AgendaRules.IsValid(agenda));
    }
}
