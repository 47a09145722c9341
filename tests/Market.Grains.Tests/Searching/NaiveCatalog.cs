using Market.Domain.Listings;
using Market.Domain.Wire.Messages;
using Market.Grains.Searching;

namespace Market.Grains.Tests.Searching;

/// <summary>
/// The obvious search: looks at the text of every listing. It says what is found, not in which order.
/// </summary>
internal static class NaiveCatalog
{
    public static bool Matches(ListingDraft draft, SearchListings query)
    {
        var words = new List<string>();
        foreach (var text in (IEnumerable<string>)
            [
                draft.Title, draft.Category, draft.Description, .. draft.Lines.Select(static line => line.Name),
                .. draft.Attributes.SelectMany(static a => new[] { a.Name, a.Value }),
            ])
        {
            SearchWords.AddTo(words, text);
        }

        var asked = new List<string>();
        SearchWords.AddTo(asked, query.Text);
        var price = draft.Lines.Min(static line => line.UnitPriceMinor);
        return asked.All(words.Contains)
            && (query.Category is not { } category
                || SearchWords.Normalize(category) == SearchWords.Normalize(draft.Category))
            && query.Attributes.All(draft.Attributes.Contains)
            && (query.Currency is null || query.Currency == draft.Currency)
            && price >= (query.PriceMinMinor ?? 0) && price <= (query.PriceMaxMinor ?? long.MaxValue);
    }
}
