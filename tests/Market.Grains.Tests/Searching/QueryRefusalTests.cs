using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire.Messages;
using static Market.Grains.Tests.Searching.CatalogBench;

namespace Market.Grains.Tests.Searching;

public sealed class QueryRefusalTests : CatalogConformance
{
    private static readonly string SixteenWords = string.Join(' ', Enumerable.Range(1, 16).Select(i => $"w{i}"));

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Bench.PublishAsync(1, Draft("Lamp", "said OR NOT near title:lamp AND \"quoted\" lamp* ^lamp -lamp"));
    }

    [Property(MaxTest = 300)]
    public async Task<bool> No_text_is_an_error_or_syntax(string? text)
    {
        var answer = await Bench.Catalog.SearchAsync(Query(text));
        if (answer.Refusal is { } refusal)
        {
            return text!.Length > MarketLimits.SearchTextLengthMax
                ? refusal == SearchRefusal.SearchTextTooLong
                : refusal == SearchRefusal.SearchHasTooManyWords;
        }

        // What is found has each of the text's words as a word of its own.
        return answer.Found!.Listings.Count == 0
            || answer.Found.Matches[0].Words.All(static word => word.Fields.Count > 0);
    }

    [Theory]
    [InlineData("lamp OR nothing")]
    [InlineData("lamp NOT nothing")]
    [InlineData("lam*")]
    [InlineData("words:lamp nothing")]
    [InlineData("\"lamp\" OR \"\"\" nothing")]
    [InlineData("NEAR(lamp nothing, 5)")]
    [InlineData("^nothing + lamp")]
    [InlineData("{title description} : nothing")]
    [InlineData("lamp\0nothing")]
    [InlineData("') OR 1=1; nothing --")]
    public async Task Words_of_the_query_language_are_words(string text)
    {
        Assert.Empty(await Bench.IdsAsync(Query(text)));
        Assert.Equal([IdOf(1)], await Bench.IdsAsync(Query("lamp OR not")));
    }

    [Fact]
    public async Task A_text_has_at_most_two_hundred_characters_and_sixteen_words()
    {
        Assert.Null(await RefusalOf(Query(new string(' ', 200))));
        Assert.Equal(SearchRefusal.SearchTextTooLong, await RefusalOf(Query(new string(' ', 201))));
        Assert.Null(await RefusalOf(Query(SixteenWords + " w1 W2")));
        Assert.Equal(SearchRefusal.SearchHasTooManyWords, await RefusalOf(Query(SixteenWords + " w17")));
    }

    [Fact]
    public async Task Filters_are_bounded()
    {
        var attribute = new ListingAttribute("a", "b");
        Assert.Null(await RefusalOf(Query() with { Category = new string('c', 80) }));
        Assert.Equal(SearchRefusal.SearchFilterIsInvalid, await RefusalOf(Query() with { Category = "" }));
        Assert.Equal(
            SearchRefusal.SearchFilterIsInvalid, await RefusalOf(Query() with { Category = new string('c', 81) }));
        Assert.Null(await RefusalOf(Query() with { Lines = Many("line", 16), Nice = Many(attribute, 16) }));
        Assert.Equal(SearchRefusal.SearchFilterIsInvalid, await RefusalOf(Query() with { Lines = Many("line", 17) }));
        Assert.Equal(
            SearchRefusal.SearchFilterIsInvalid, await RefusalOf(Query() with { Attributes = Many(attribute, 17) }));
        Assert.Equal(
            SearchRefusal.SearchFilterIsInvalid, await RefusalOf(Query() with { Nice = Many(attribute, 17) }));
    }

    [Fact]
    public async Task A_range_of_prices_needs_a_currency_and_is_one()
    {
        var dollars = Query() with { Currency = Currency.Usd };
        Assert.Null(await RefusalOf(dollars with { PriceMinMinor = 5, PriceMaxMinor = 5 }));
        Assert.Null(await RefusalOf(dollars with { PriceMaxMinor = MarketLimits.AmountMax }));
        foreach (var wrong in (SearchListings[])
            [
                Query() with { PriceMinMinor = 5 },
                dollars with { PriceMinMinor = 6, PriceMaxMinor = 5 },
                dollars with { PriceMinMinor = -1 },
                dollars with { PriceMaxMinor = MarketLimits.AmountMax + 1 },
            ])
        {
            Assert.Equal(SearchRefusal.SearchPriceRangeIsInvalid, await RefusalOf(wrong));
        }
    }

    [Fact]
    public async Task A_cursor_of_another_query_or_a_damaged_one_is_refused()
    {
        await Bench.PublishAsync(2, Draft("Lamp"));
        var query = Query("lamp") with { CountMax = 1 };
        var cursor = (await Bench.PageAsync(query)).Cursor.ToArray();
        Assert.Null(await RefusalOf(query with { Cursor = cursor }));
        Assert.Null(await RefusalOf(query with { Cursor = cursor, CountMax = 7 }));
        Assert.Equal(SearchRefusal.SearchCursorIsInvalid, await RefusalOf(Query("lamps") with { Cursor = cursor }));
        Assert.Equal(SearchRefusal.SearchCursorIsInvalid, await RefusalOf(query with { Cursor = new byte[1] }));
        Assert.Equal(SearchRefusal.SearchCursorIsInvalid, await RefusalOf(query with { Cursor = new byte[5_000] }));
        Assert.Equal(
            SearchRefusal.SearchCursorIsInvalid,
            (await Bench.Catalog.SearchAsync(new SearchRequests("lamp", CountMax: 1, Cursor: cursor))).Refusal);
        for (var i = 0; i < cursor.Length; i++)
        {
            byte[] damaged = [.. cursor];
            damaged[i] ^= 1;
            Assert.Equal(SearchRefusal.SearchCursorIsInvalid, await RefusalOf(query with { Cursor = damaged }));
        }
    }

    private static ValueArray<T> Many<T>(T one, int count) => Enumerable.Repeat(one, count).ToValueArray();

    private async Task<SearchRefusal?> RefusalOf(SearchListings query) =>
        (await Bench.Catalog.SearchAsync(query)).Refusal;
}
