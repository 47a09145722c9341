using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Grains.Searching;

/// <summary>What a search asks, checked and in the index's terms. The same for listings and for requests.</summary>
internal sealed class SearchQuery
{
    /// <summary>What one nice attribute gives: about as much as a word that one listing in a thousand has.</summary>
    public const long NiceScore = 5_000;

    private SearchQuery(CatalogKind kind, SearchListings asked, string[] words)
    {
        Kind = kind;
        Words = words;
        Attributes = asked.Attributes;
        Nice = asked.Nice;
        Category = asked.Category is { } category ? SearchWords.Normalize(category) : null;
        Lines = [.. asked.Lines.Select(SearchWords.Normalize)];
        Currency = asked.Currency?.Packed;
        PriceMin = asked.PriceMinMinor;
        PriceMax = asked.PriceMaxMinor;
        CountMax = Math.Clamp(asked.CountMax, 1, MarketLimits.SearchPageMax);
        After = asked.After;
        Cursor = asked.Cursor;
        string[] wordTokens = [.. words.Select(SearchTokens.OfWord)];
        string[] facts =
        [
            .. asked.Category is { } one ? [SearchTokens.OfCategory(one)] : Array.Empty<string>(),
            .. asked.Lines.Select(SearchTokens.OfLine),
            .. asked.Attributes.Select(static a => SearchTokens.OfAttribute(a.Name, a.Value)),
        ];
        WordTokens = wordTokens;
        Tokens = [.. wordTokens.Concat(facts).Distinct()];
        NiceTokens = [.. asked.Nice.Select(static a => SearchTokens.OfAttribute(a.Name, a.Value)).Distinct()];
        WordPlaces = [.. wordTokens.Select(SearchTokens.PlaceOf)];
        FactPlaces = [.. facts.Select(SearchTokens.PlaceOf)];
        NicePlaces = [.. NiceTokens.Select(SearchTokens.PlaceOf)];
        Identity = Hash256.Of(WireFormat.Encode(asked with { After = null, CountMax = 0, Cursor = default }));
    }

    /// <summary>What is searched.</summary>
    public CatalogKind Kind { get; }

    /// <summary>The words, folded, each once.</summary>
    public string[] Words { get; }

    /// <summary>The words' tokens, in the same order.</summary>
    public string[] WordTokens { get; }

    /// <summary>The tokens that a document must have: words and facts.</summary>
    public string[] Tokens { get; }

    /// <summary>The tokens that put it further up.</summary>
    public string[] NiceTokens { get; }

    /// <summary>Where the words are among a document's features.</summary>
    public uint[] WordPlaces { get; }

    /// <summary>Where the facts that it must have are.</summary>
    public uint[] FactPlaces { get; }

    /// <summary>Where the nice facts are.</summary>
    public uint[] NicePlaces { get; }

    /// <summary>The category, normalized, or null.</summary>
    public string? Category { get; }

    /// <summary>The lines' names, normalized.</summary>
    public string[] Lines { get; }

    /// <summary>Attributes that it must have.</summary>
    public ValueArray<ListingAttribute> Attributes { get; }

    /// <summary>Attributes that put it further up.</summary>
    public ValueArray<ListingAttribute> Nice { get; }

    /// <summary>The currency, packed, or null.</summary>
    public uint? Currency { get; }

    /// <summary>Least price, or null.</summary>
    public long? PriceMin { get; }

    /// <summary>Highest price, or null.</summary>
    public long? PriceMax { get; }

    /// <summary>How many at most.</summary>
    public int CountMax { get; }

    /// <summary>The last one of the page before, where there is no cursor.</summary>
    public ListingId? After { get; }

    /// <summary>The cursor as it came.</summary>
    public ReadOnlyMemory<byte> Cursor { get; }

    /// <summary>Hash of all that decides what is found and in which order.</summary>
    public Hash256 Identity { get; }

    /// <summary>Whether a range of prices is asked for.</summary>
    public bool HasPriceRange => PriceMin is not null || PriceMax is not null;

    /// <summary>Whether one document can be better than another.</summary>
    public bool IsRanked => Words.Length + NicePlaces.Length > 0;

    /// <summary>Checks a query for listings.</summary>
    /// <returns>The query, or why it is refused with what would be right.</returns>
    public static (SearchQuery? Query, SearchRefusal? Refusal, string? Detail) Parse(SearchListings asked) =>
        Parse(CatalogKind.Listing, asked);

    /// <summary>Checks a query for requests.</summary>
    /// <inheritdoc cref="Parse(SearchListings)"/>
    public static (SearchQuery? Query, SearchRefusal? Refusal, string? Detail) Parse(SearchRequests asked) =>
        Parse(CatalogKind.Request, new SearchListings(
            asked.Text, asked.Category, asked.Lines, asked.Attributes, null, asked.CountMax, asked.Nice,
            asked.Currency, Cursor: asked.Cursor));

    private static (SearchQuery? Query, SearchRefusal? Refusal, string? Detail) Parse(
        CatalogKind kind, SearchListings asked)
    {
        if (asked.Text is { Length: > MarketLimits.SearchTextLengthMax } text)
        {
            return Refuse(
                SearchRefusal.SearchTextTooLong,
                $"It has {text.Length} characters; at most {MarketLimits.SearchTextLengthMax} are taken.");
        }

        var words = new List<string>();
        SearchWords.AddTo(words, asked.Text);
        string[] different = [.. words.Distinct()];
        if (different.Length > MarketLimits.SearchWordsMax)
        {
            return Refuse(
                SearchRefusal.SearchHasTooManyWords,
                $"It has {different.Length} different words; at most {MarketLimits.SearchWordsMax} are taken.");
        }

        return FindingIn(asked) is { } finding ? Refuse(SearchRefusal.SearchFilterIsInvalid, finding)
            : !IsRangeValid(asked) ? Refuse(
                SearchRefusal.SearchPriceRangeIsInvalid,
                $"Give a currency and bounds from 0 to {MarketLimits.AmountMax}, the lower one first.")
            : (new SearchQuery(kind, asked, different), null, null);
    }

    private static (SearchQuery?, SearchRefusal?, string?) Refuse(SearchRefusal refusal, string detail) =>
        (null, refusal, detail);

    private static string? FindingIn(SearchListings asked)
    {
        const int Max = MarketLimits.SearchFiltersMax;
        if (asked.Lines.Count > Max || asked.Attributes.Count > Max || asked.Nice.Count > Max)
        {
            return $"At most {Max} lines, {Max} attributes and {Max} nice attributes are taken.";
        }

        var names = asked.Lines
            .Concat(asked.Attributes.Concat(asked.Nice).SelectMany(static a => new[] { a.Name, a.Value }))
            .Concat(asked.Category is { } category ? [category] : Array.Empty<string>());
        return names.All(static name => name is { Length: > 0 and <= MarketLimits.NameLengthMax })
            ? null
            : $"Each name and value has 1 to {MarketLimits.NameLengthMax} characters.";
    }

    private static bool IsRangeValid(SearchListings asked)
    {
        var (min, max) = (asked.PriceMinMinor ?? 0, asked.PriceMaxMinor ?? MarketLimits.AmountMax);
        return (asked is { PriceMinMinor: null, PriceMaxMinor: null } || asked.Currency is not null)
            && min >= 0 && max <= MarketLimits.AmountMax && min <= max;
    }
}
