using Market.Domain.Listings;
using Market.Domain.Negotiating;

namespace Market.Domain.Tests.Listings;

/// <summary>What differs between two versions is said in machine form.</summary>
public sealed class ListingDifferenceTests
{
    private static readonly ListingDraft Draft = SomeListing.Draft with
    {
        Charges = [Charge.DeliveryBy("delivery", 2, 0, 5_00)],
        Issues = [.. SomeListing.Draft.Issues, Issue.Choice("ship to", "here", "there")],
    };

    public static TheoryData<string, string?, string?, ListingDraft> Changes => new()
    {
        { "title", "Espresso machines", "Kettles", Draft with { Title = "Kettles" } },
        { "category", "kitchen", "garden", Draft with { Category = "garden" } },
        { "description", "Two models, new.", "", Draft with { Description = "" } },
        { "lines[0].unitPriceMinor", "9900", "9500", Draft with { Lines = [WithPrice(95_00), Draft.Lines[1]] } },
        { "lines[0].unit", "piece", "set", Draft with { Lines = [WithUnit("set"), Draft.Lines[1]] } },
        { "lines[1]", "Large machine", null, Draft with { Lines = [Draft.Lines[0]] } },
        { "lines[2]", null, "Grinder", Draft with { Lines = [.. Draft.Lines, new ListingLine("Grinder", 1)] } },
        { "attributes[0].value", "true", "false", Draft with { Attributes = [new("new", "false")] } },
        { "currency", "USD", "EUR", Draft with { Currency = Currency.Of("EUR", 2) } },
        { "currency.scale", "2", "3", Draft with { Currency = Currency.Of("USD", 3) } },
        { "issues[1].maximum", "10", "12", Draft with { Issues = WithDays(Issue.Range("delivery days", 1, 12)) } },
        { "issues[1].fixed", null, "5", Draft with { Issues = WithDays(Draft.Issues[1].FixedAt(5)) } },
        { "charges[0].amountsMinor[1]", "500", "600", Draft with { Charges = [DeliveryAt(6_00)] } },
        { "charges[1]", null, "tax", Draft with { Charges = [.. Draft.Charges, Charge.TaxAdded("tax", 1)] } },
        { "postedValues[1]", "5", "6", Draft with { PostedValues = [0, 6] } },
        { "postedLabels[0]", null, "red", Draft with { PostedLabels = ["red"] } },
        { "stock", "5", "4", Draft with { Stock = 4 } },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_field_that_differs_is_named_with_both_values(
        string path, string? before, string? after, ListingDraft draft) => Assert.Equal(
            [new FieldProblem(path, "has changed", before, after)], ListingDifference.Between(Draft, draft));

    [Fact]
    public void Equal_drafts_have_no_difference_and_a_mandate_is_nobodys_business()
    {
        Assert.Empty(ListingDifference.Between(Draft, Draft));
        Assert.Empty(ListingDifference.Between(Draft, Draft with { Mandate = new MandateId(Guid.NewGuid()) }));
    }

    [Fact]
    public void Two_differences_make_one_from_the_first_to_the_last_and_what_went_back_is_none()
    {
        var second = Draft with { Title = "Kettles", Stock = 4 };
        var third = second with { Title = Draft.Title, Stock = 3, Category = "garden" };

        var joined = ListingDifference.Join(
            ListingDifference.Between(Draft, second), ListingDifference.Between(second, third));

        Assert.Equal(
            ListingDifference.Between(Draft, third).OrderBy(static change => change.Path),
            joined.OrderBy(static change => change.Path));
    }

    [Fact]
    public void No_more_differences_are_said_than_a_refusal_has_room_for()
    {
        var lines = Enumerable.Range(1, MarketLimits.LinesMax).Select(i => new ListingLine($"Machine {i}", i));

        Assert.Equal(
            MarketLimits.FieldProblemsMax,
            ListingDifference.Between(Draft, Draft with { Lines = lines.ToValueArray() }).Count);
        Assert.Equal(
            MarketLimits.FieldProblemsMax,
            ListingDifference.Stale(1, 2, ListingDifference.Between(Draft, Draft with { Lines = lines.ToValueArray() }))
                .Fields.Count);
    }

    private static Charge DeliveryAt(long there) => Charge.DeliveryBy("delivery", 2, 0, there);

    private static ListingLine WithPrice(long price) => Draft.Lines[0] with { UnitPriceMinor = price };

    private static ListingLine WithUnit(string unit) => Draft.Lines[0] with { Unit = unit };

    private static ValueArray<Issue> WithDays(Issue days) => [Draft.Issues[0], days, Draft.Issues[2]];
}
