using Market.Domain.Listings;
using Market.Domain.Wire.Messages;
using Market.Grains.Searching;

namespace Market.Benchmarks;

/// <summary>
/// Queries as people make them: one to three words of some listing (mostly of its title, now and then of its
/// description, but for the words that every text has), often with its category, a range around its price, or an
/// attribute; one in ten has no words.
/// </summary>
/// <param name="corpus">The listings.</param>
/// <param name="count">How many of them are searched.</param>
/// <param name="seed">The same seed, the same queries.</param>
internal sealed class SearchMix(SearchCorpus corpus, int count, int seed)
{
    private const int CommonLengthMax = 5; // the commonest words are the shortest here, as in languages

    private readonly Random _random = new(seed);

    /// <summary>The next query.</summary>
    public SearchListings Next()
    {
        var draft = corpus[_random.Next(count)].Draft;
        var hasWords = _random.Next(10) > 0;
        var hasPrice = _random.Next(4) == 0;
        var price = draft.Lines[0].UnitPriceMinor;
        return new SearchListings(
            hasWords ? TextOf(draft) : null,
            !hasWords || _random.Next(10) < 3 ? draft.Category : null,
            [],
            _random.Next(5) == 0 ? [draft.Attributes[0]] : [],
            Nice: _random.Next(5) == 0 ? [new ListingAttribute("warranty", "true")] : [],
            Currency: hasPrice ? draft.Currency : null,
            PriceMinMinor: hasPrice ? price / 2 : null,
            PriceMaxMinor: hasPrice ? price * 3 / 2 : null);
    }

    private string TextOf(ListingDraft draft)
    {
        var words = new List<string>();
        SearchWords.AddTo(words, draft.Title);
        if (_random.Next(10) < 3)
        {
            SearchWords.AddTo(words, draft.Description);
            words.RemoveAll(static word => word.Length <= CommonLengthMax);
        }

        var chosen = new HashSet<string>();
        for (var i = _random.Next(1, 4); i > 0 && words.Count > 0; i--)
        {
            chosen.Add(words[_random.Next(words.Count)]);
        }

        return string.Join(' ', chosen);
    }
}
