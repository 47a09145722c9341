namespace Market.Domain.Listings;

/// <summary>Why a search, a comparison or a price history is refused. Numbers 460x.</summary>
public enum SearchRefusal : ushort
{
    /// <summary>The text has at most 200 characters.</summary>
    SearchTextTooLong = 4601,

    /// <summary>The text has at most 16 different words.</summary>
    SearchHasTooManyWords = 4602,

    /// <summary>
    /// A category, line or attribute is empty or too long; or there are more than 16 lines or 16 attributes.
    /// </summary>
    SearchFilterIsInvalid = 4603,

    /// <summary>
    /// A range of prices needs a currency, bounds from 0 to the largest amount, and the lower one first.
    /// </summary>
    SearchPriceRangeIsInvalid = 4604,

    /// <summary>The cursor is not one of this query's; begin with the first page.</summary>
    SearchCursorIsInvalid = 4605,

    /// <summary>One to twenty listings can be compared at once.</summary>
    ComparisonSizeIsInvalid = 4606,

    /// <summary>The catalogue has not caught up with the market; nothing was searched. Ask again.</summary>
    CatalogIsBehind = 4607,
}
