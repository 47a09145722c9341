using Market.Domain.Listings;
using Market.Domain.Negotiating;

namespace Market.Domain.Tests.Listings;

public sealed class ListingDraftingTests
{
    [Fact]
    public void A_draft_is_written_step_by_step()
    {
        var draft = ListingDraft.Of("Espresso machine", "kitchen", Currency.Usd)
            .WithLine("machine", 250_00)
            .WithAttribute("new", "true")
            .WithIssues(Issue.UnitPrice(200_00, 250_00), Issue.Quantity(1, 10), Issue.Choice("ship to", "EU", "US"))
            .WithDeliveryBy("shipping", "ship to", 5_00, 20_00)
            .WithCharge(Charge.TaxIncluded("VAT", 19_00))
            .PostedAt(0, 1, 0)
            .WithStock(7);

        Assert.Null(ListingRules.Check(draft));
        Assert.Equal(
            new ListingDraft(
                "Espresso machine", "kitchen", "", [new ListingLine("machine", 250_00)],
                [new ListingAttribute("new", "true")], Currency.Usd,
                [Issue.UnitPrice(200_00, 250_00), Issue.Quantity(1, 10), Issue.Choice("ship to", "EU", "US")],
                [0, 1, 0], 7, null, [Charge.DeliveryBy("shipping", 2, 5_00, 20_00), Charge.TaxIncluded("VAT", 19_00)]),
            draft);
    }

    [Fact]
    public void A_delivery_by_a_choice_that_is_not_there_is_a_mistake_of_the_programs() =>
        Assert.Throws<ArgumentException>(() => SomeListing.Draft.WithDeliveryBy("shipping", "delivery days", 1, 2));
}
