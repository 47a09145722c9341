using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire.Messages;

namespace Market.Grains.Searching;

/// <summary>
/// Says why something was found, from its text itself. The index holds hashes; so this is also where what was found by
/// a collision alone is noticed and left out.
/// </summary>
/// <param name="query">What was asked.</param>
internal sealed class MatchExplainer(SearchQuery query)
{
    private readonly List<string> _words = [];

    /// <summary>Why a listing was found; null where it was not meant.</summary>
    public SearchMatch? Explain(Listing listing, long score)
    {
        var draft = listing.Draft;
        return Explain(
            score,
            draft.Title,
            draft.Category,
            draft.Lines.Select(static line => line.Name),
            draft.Attributes,
            draft.Description,
            query.HasPriceRange ? draft.Lines.Min(static line => line.UnitPriceMinor) : null);
    }

    /// <summary>Why a request was found; null where it was not meant.</summary>
    public SearchMatch? Explain(Request request, long score)
    {
        var draft = request.Draft;
        return Explain(
            score,
            draft.Title,
            draft.Category,
            draft.Lines.Select(static line => line.Name),
            [.. draft.Must, .. draft.Nice],
            draft.Description,
            null);
    }

    private SearchMatch? Explain(
        long score,
        string title,
        string? category,
        IEnumerable<string> lines,
        ValueArray<ListingAttribute> attributes,
        string description,
        long? price)
    {
        string[] names = [.. lines];
        if ((query.Category is { } asked && (category is null || SearchWords.Normalize(category) != asked))
            || query.Lines.Except(names.Select(SearchWords.Normalize)).Any())
        {
            return null;
        }

        var fields = new List<SearchField>[query.Words.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = [];
        }

        Note(fields, SearchField.Title, title);
        Note(fields, SearchField.Category, category ?? "");
        Note(fields, SearchField.Lines, names);
        Note(fields, SearchField.Attributes, [.. attributes.SelectMany(static a => new[] { a.Name, a.Value })]);
        Note(fields, SearchField.Description, description);
        var words = query.Words.Select((word, i) => new MatchedWord(word, fields[i].ToValueArray())).ToValueArray();
        var met = new HashSet<ListingAttribute>(attributes.Select(Normalize));
        return words.All(static word => word.Fields.Count > 0)
            && query.Attributes.All(attribute => met.Contains(Normalize(attribute)))
                ? new SearchMatch(
                    score,
                    words,
                    query.Attributes.Concat(query.Nice)
                        .Where(attribute => met.Contains(Normalize(attribute))).Distinct().ToValueArray(),
                    price)
                : null;
    }

    private void Note(List<SearchField>[] fields, SearchField field, params ReadOnlySpan<string> texts)
    {
        _words.Clear();
        foreach (var text in texts)
        {
            SearchWords.AddTo(_words, text);
        }

        for (var i = 0; i < fields.Length; i++)
        {
            if (_words.Contains(query.Words[i]))
            {
                fields[i].Add(field);
            }
        }
    }

    private static ListingAttribute Normalize(ListingAttribute attribute) =>
        new(SearchWords.Normalize(attribute.Name), SearchWords.Normalize(attribute.Value));
}
