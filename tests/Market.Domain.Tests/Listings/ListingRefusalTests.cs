using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Testing;
using static Market.Domain.Listings.ListingRefusal;

namespace Market.Domain.Tests.Listings;

/// <summary>Every refusal of what agents publish has a scenario that produces it.</summary>
public sealed class ListingRefusalTests
{
    private static readonly ListingDraft Draft = SomeListing.Draft;

    private static readonly Dictionary<ListingRefusal, Func<ListingRefusal?>> Scenarios = new()
    {
        [NameIsInvalid] = () => ListingRules.Refuse(Draft with { Title = "" }),
        [LinesAreInvalid] = () => ListingRules.Refuse(Draft with { Lines = [] }),
        [IssuesAreInvalid] = () => ListingRules.Refuse(Draft with { Issues = [] }),
        [PostedValuesAreInvalid] = () => ListingRules.Refuse(Draft with { PostedValues = [0, 11] }),
        [QuantityOutOfRange] = () => ListingRules.Refuse(Draft with { Stock = 0 }),
        [OrderIsInvalid] = () => ListingRules.Refuse(Draft, []),
        [MessageIdReused] = () => Add(SomeListing.Add() with { Digest = Some.Digest(99) }),
        [MessageIdOutsideWindow] =
            () => Add(SomeListing.Add(2) with { Message = Some.Message(2, Some.Noon + TimeSpan.FromDays(-8)) }),
        [ListingNotFound] = () => new SellerDesk().Tell(
            SellerDesk.Command(2, 1, Draft) with { Id = new ListingId(Guid.Empty) }).Refusal,
        [ListingVersionIsStale] = () => new SellerDesk().Tell(SellerDesk.Command(2, 2, Draft)).Refusal,
        [StockNotAvailable] = TakenOut,
        [ListingIsWithdrawn] = Withdrawn,
        [TooManyListings] = () => Add(SomeListing.Add(2), new PublishingLimits(1, 1)),
        [TooManyRequests] = Asked,
    };

    /// <summary>Those of the rules. The other concerns what a message refers to, and the gateway gives it.</summary>
    public static TheoryData<ListingRefusal> Refusals => new(
        Enum.GetValues<ListingRefusal>().Except([RequestNotFound]));

    public static TheoryData<string, ListingDraft, ListingRefusal> BadDrafts => new()
    {
        { "a blank title", Draft with { Title = " " }, NameIsInvalid },
        { "a line break in the title", Draft with { Title = "a\nb" }, NameIsInvalid },
        { "no category", Draft with { Category = "" }, NameIsInvalid },
        { "a text too long", Draft with { Description = LongText }, NameIsInvalid },
        { "a bell in the text", Draft with { Description = "\a" }, NameIsInvalid },
        { "a line for nothing", Draft with { Lines = [new ListingLine("a", 0)] }, LinesAreInvalid },
        { "a line too dear", Draft with { Lines = [new("a", MarketLimits.AmountMax + 1)] }, LinesAreInvalid },
        { "one name twice", Draft with { Lines = [new("a", 1), new("A", 1)] }, LinesAreInvalid },
        { "a line without a name", Draft with { Lines = [new ListingLine("", 1)] }, LinesAreInvalid },
        { "too many lines", Draft with { Lines = LinesOf(MarketLimits.LinesMax + 1) }, LinesAreInvalid },
        { "a blank attribute", Draft with { Attributes = [new ListingAttribute("", "true")] }, LinesAreInvalid },
        { "too many facts", Draft with { Attributes = AttributesOf(MarketLimits.AttributesMax + 1) }, LinesAreInvalid },
        { "no price", Draft with { Issues = [Issue.Range("days", 1, 5)] }, IssuesAreInvalid },
        { "a floor above the price", Draft with { Issues = [Floor(99_01)], PostedValues = [] }, IssuesAreInvalid },
        { "too few posted values", Draft with { PostedValues = [0] }, PostedValuesAreInvalid },
        { "a stock too large", Draft with { Stock = MarketLimits.AmountMax + 1 }, QuantityOutOfRange },
    };

    public static TheoryData<string, ValueArray<OrderLine>> BadOrders => new()
    {
        { "no line", [] },
        { "a line before the first", [new OrderLine(-1, 1)] },
        { "a line after the last", [new OrderLine(2, 1)] },
        { "no quantity", [new OrderLine(0, 0)] },
        { "one line twice", [new OrderLine(0, 1), new OrderLine(0, 1)] },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Every_refusal_is_produced(ListingRefusal refusal)
    {
        Assert.True(Scenarios.TryGetValue(refusal, out var scenario), $"No scenario produces {refusal}.");
        Assert.Equal(refusal, scenario());
    }

    [Theory]
    [MemberData(nameof(BadDrafts))]
    public void A_bad_draft_is_refused_for_what_is_wrong_with_it(
        string flaw, ListingDraft draft, ListingRefusal refusal) =>
        Assert.True(ListingRules.Refuse(draft) == refusal, $"{flaw}: {ListingRules.Refuse(draft)}");

    [Theory]
    [MemberData(nameof(BadOrders))]
    public void A_bad_order_is_refused(string flaw, ValueArray<OrderLine> order) =>
        Assert.True(ListingRules.Refuse(Draft, order) == OrderIsInvalid, flaw);

    [Fact]
    public void An_order_beyond_the_largest_amount_is_refused()
    {
        var dear = Draft with { Lines = [new ListingLine("a", MarketLimits.AmountMax / 2)] };

        Assert.Null(ListingRules.Refuse(dear, [new OrderLine(0, 2)]));
        Assert.Equal(OrderIsInvalid, ListingRules.Refuse(dear, [new OrderLine(0, 3)]));
        Assert.Equal(MarketLimits.AmountMax + 1, ListingRules.PostedTotalOf(dear, [new OrderLine(0, int.MaxValue)]));
    }

    [Fact]
    public void Drafts_at_their_limits_are_taken()
    {
        Assert.Null(ListingRules.Refuse(Draft with { Lines = LinesOf(MarketLimits.LinesMax) }));
        Assert.Null(ListingRules.Refuse(Draft with { Attributes = AttributesOf(MarketLimits.AttributesMax) }));
        Assert.Null(ListingRules.Refuse(Draft with { Title = new string('x', MarketLimits.NameLengthMax) }));
        Assert.Null(ListingRules.Refuse(Draft with { Description = new string('x', MarketLimits.TextLengthMax) }));
        Assert.Null(ListingRules.Refuse(Draft with { Stock = MarketLimits.AmountMax }));
        Assert.Null(ListingRules.Refuse(SomeListing.Request with { Quantity = MarketLimits.AmountMax }));
    }

    [Fact]
    public void A_bad_request_is_refused_for_what_is_wrong_with_it()
    {
        Assert.Equal(NameIsInvalid, ListingRules.Refuse(SomeListing.Request with { Title = "" }));
        Assert.Equal(NameIsInvalid, ListingRules.Refuse(SomeListing.Request with { Description = "\0" }));
        Assert.Equal(QuantityOutOfRange, ListingRules.Refuse(SomeListing.Request with { Quantity = 0 }));
        Assert.Equal(
            QuantityOutOfRange,
            ListingRules.Refuse(SomeListing.Request with { Quantity = MarketLimits.AmountMax + 1 }));
    }

    private static string LongText => new('x', MarketLimits.TextLengthMax + 1);

    private static ListingRefusal? Asked()
    {
        var (state, limits) = (new BuyerState(), new PublishingLimits(1, 1));
        state.Apply(ListingMachine.Decide(state, SomeListing.AddRequest(), Some.Noon, limits).Event!);
        return ListingMachine.Decide(state, SomeListing.AddRequest(2), Some.Noon, limits).Refusal;
    }

    private static ListingRefusal? Add(AddListing command, PublishingLimits? limits = null)
    {
        var state = new SellerState();
        state.Apply(ListingMachine.Decide(state, SomeListing.Add(), Some.Noon).Event!);
        return ListingMachine.Decide(state, command, Some.Noon, limits).Refusal;
    }

    private static ListingRefusal? TakenOut()
    {
        var desk = new SellerDesk();
        var command = SellerDesk.Command(2, 1, Draft with { Stock = 1 });
        desk.Tell(command);
        desk.Answer(
            Assert.Single(desk.State.Outbox.Unanswered).Id, (int)Domain.Settling.LedgerRefusal.AvailableExceeded);
        return desk.Tell(command).Refusal;
    }

    private static ListingRefusal? Withdrawn()
    {
        var desk = new SellerDesk();
        desk.End(1);
        return desk.End(1).Refusal;
    }

    private static Issue Floor(long minimum) => Issue.TotalPrice(minimum, minimum) with { Maximum = 0 };

    private static ValueArray<ListingLine> LinesOf(int count) =>
        Enumerable.Range(1, count).Select(i => new ListingLine($"Machine {i}", 99_00)).ToValueArray();

    private static ValueArray<ListingAttribute> AttributesOf(int count) =>
        Enumerable.Range(1, count).Select(i => new ListingAttribute($"fact {i}", "true")).ToValueArray();
}
