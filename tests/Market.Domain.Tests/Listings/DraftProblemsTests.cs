using Market.Domain.Listings;
using Market.Domain.Negotiating;

namespace Market.Domain.Tests.Listings;

/// <summary>What is wrong with a draft or an order is said field by field, in machine form.</summary>
public sealed class DraftProblemsTests
{
    private static readonly ListingDraft Draft = SomeListing.Draft;
    private static readonly RequestDraft Request = SomeListing.Request;

    public static TheoryData<string, ListingDraft> Drafts => new()
    {
        { "title", Draft with { Title = "" } },
        { "category", Draft with { Category = "a\nb" } },
        { "description", Draft with { Description = "\a" } },
        { "lines", Draft with { Lines = [] } },
        { "lines[1].name", Draft with { Lines = [new("a", 1), new("A", 1)], PostedValues = [] } },
        { "lines[0].name", Draft with { Lines = [new("", 1)], PostedValues = [] } },
        { "lines[0].unit", Draft with { Lines = [new("a", 1, "")], PostedValues = [] } },
        { "lines[1].unitPriceMinor", Draft with { Lines = [new("a", 1), new("b", 0)] } },
        { "attributes[0].name", Draft with { Attributes = [new("", "true")] } },
        { "attributes[0].value", Draft with { Attributes = [new("new", "")] } },
        { "issues[1].step", Draft with { Issues = [Draft.Issues[0], Issue.Range("days", 1, 10, 4)] } },
        { "charges[0].basisPoints", Draft with { Charges = [Charge.TaxAdded("tax", 0)] } },
        { "postedValues", Draft with { PostedValues = [0] } },
        { "postedValues[1]", Draft with { PostedValues = [0, 11] } },
        { "postedLabels", Draft with { PostedLabels = ["for nothing"] } },
        { "postedLabels", Draft with { PostedValues = [], PostedLabels = ["for nothing"] } },
        { "stock", Draft with { Stock = 0 } },
    };

    public static TheoryData<string, RequestDraft> Requests => new()
    {
        { "title", Request with { Title = "" } },
        { "description", Request with { Description = "\0" } },
        { "category", Request with { Category = "" } },
        { "lines[0].quantity", Request with { Lines = [new RequestLine("cup", 0)] } },
        { "lines[0].unit", Request with { Lines = [new RequestLine("cup", 1, "")] } },
        { "lines[1].name", Request with { Lines = [new RequestLine("cup", 1), new RequestLine("CUP", 1)] } },
        { "must[0].name", Request with { Must = [new ListingAttribute("", "true")] } },
        { "nice[0].value", Request with { Nice = [new ListingAttribute("new", "")] } },
        { "currency", Request with { Issues = [Issue.TotalPrice(1, 5)] } },
        { "issues", Request with { Currency = Currency.Usd, Issues = [Issue.Quantity(1, 5)] } },
        { "quantity", Request with { Quantity = 0 } },
    };

    public static TheoryData<string, ValueArray<OrderLine>> Orders => new()
    {
        { "order", [] },
        { "order[0].line", [new OrderLine(2, 1)] },
        { "order[1].line", [new OrderLine(0, 1), new OrderLine(0, 1)] },
        { "order[0].quantity", [new OrderLine(0, 0)] },
    };

    public static TheoryData<Issue> ImpossibleIssues => new()
    {
        Issue.Range("days", 1, 10, 0),
        Issue.Range("days", 1, 10, -1),
        Issue.Range("days", long.MinValue, long.MaxValue, 0),
        Issue.Range("days", long.MinValue, long.MaxValue, -1),
        Issue.Range("days", long.MinValue, long.MaxValue, long.MaxValue),
    };

    [Theory]
    [MemberData(nameof(ImpossibleIssues))]
    public void An_impossible_issue_is_refused_whatever_is_posted(Issue issue)
    {
        foreach (var posted in (long[])[long.MinValue, -1, 0, 5, long.MaxValue])
        {
            var draft = Draft with { Issues = [Draft.Issues[0], issue], PostedValues = [0, posted] };

            var fault = ListingRules.Check(draft)!;

            Assert.Equal(ListingRefusal.IssuesAreInvalid, fault.Refusal);
            Assert.Contains(fault.Fields, static field => field.Path.StartsWith("issues[1]", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Drafts))]
    public void A_bad_field_of_a_listing_is_named(string path, ListingDraft draft) =>
        Assert.Equal([path], ListingRules.Check(draft)!.Fields.Select(static field => field.Path));

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_bad_field_of_a_request_is_named(string path, RequestDraft draft) =>
        Assert.Equal([path], ListingRules.Check(draft)!.Fields.Select(static field => field.Path));

    [Theory]
    [MemberData(nameof(Orders))]
    public void A_bad_field_of_an_order_is_named(string path, ValueArray<OrderLine> order) =>
        Assert.Equal([path], ListingRules.Check(Draft, order)!.Fields.Select(static field => field.Path));

    [Fact]
    public void All_that_is_wrong_is_said_at_once_and_the_first_gives_the_refusal()
    {
        var fault = ListingRules.Check(Draft with { Title = "", Stock = 0, Lines = [new ListingLine("a", -7)] });

        Assert.Equal(ListingRefusal.NameIsInvalid, fault!.Refusal);
        Assert.Equal(["title", "lines[0].unitPriceMinor", "stock"], fault.Fields.Select(static field => field.Path));
        Assert.Equal(
            new FieldProblem("lines[0].unitPriceMinor", "is out of range", "-7", $"1..{MarketLimits.AmountMax}"),
            fault.Fields[1]);
    }

    [Fact]
    public void What_is_quoted_is_cut_between_two_characters()
    {
        var title = new string('x', FieldProblem.ValueLengthMax - 2) + "🙂🙂🙂🙂\a";
        var given = ListingRules.Check(Draft with { Title = title })!.Fields[0].Given!;

        Assert.Equal(new string('x', FieldProblem.ValueLengthMax - 2) + "…", given);
    }

    [Fact]
    public void A_listing_may_have_charges_units_and_fixed_issues()
    {
        var draft = Draft with
        {
            Lines = [new ListingLine("Beans", 12_00, "kg")],
            Issues =
            [
                Issue.TotalPrice(1, 1) with { Maximum = 0, Fixed = 0 },
                Issue.Choice("ship to", "here", "there"),
                Issue.Text("engraving"),
            ],
            Charges = [Charge.DeliveryBy("delivery", 1, 0, 5_00), Charge.TaxIncluded("tax", 7_00)],
            PostedValues = [0, 1, 0],
            PostedLabels = ["For Ada"],
        };
        var listing = SomeListing.Listing(draft);

        var subject = ListingRules.SubjectOf(listing, [new OrderLine(0, 2)], null);

        Assert.Null(ListingRules.Check(draft));
        Assert.Equal((24_00, 24_00), (subject.Agenda.Issues[0].Fixed, subject.Agenda.Issues[0].Maximum));
        Assert.Equal(new Terms(Outcome.Of(24_00, 1, 0), 29_00, ["For Ada"]), subject.Posted);
    }
}
