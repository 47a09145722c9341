namespace Market.Grains.Searching;

/// <summary>
/// One search: chooses where its candidates come from, so that it looks at few of them, and keeps the best.
/// <list type="bullet">
/// <item>Where documents differ in rank, all that have the words and facts are looked at.</item>
/// <item>Where they do not, the order is that of ids, and a walk in it ends when the page is full. A walk that finds
/// too little gives up, and the index of tokens or of prices says who is left.</item>
/// </list>
/// </summary>
internal sealed class SearchRun
{
    private const int WalkedMax = 2_000;

    private readonly SearchQuery _query;
    private readonly ICatalogKindReader _reader;
    private readonly ushort[] _weights;
    private readonly RankKey? _after;
    private readonly RankedPage _page;
    private bool _isWithoutScore;

    private SearchRun(SearchQuery query, ICatalogKindReader reader, ushort[] weights, RankKey? after)
    {
        _query = query;
        _reader = reader;
        _weights = weights;
        _after = after;
        _page = new RankedPage(query.CountMax + 1, after);
    }

    /// <summary>Runs a search.</summary>
    /// <param name="query">What is asked.</param>
    /// <param name="cursor">The cursor, read already; null for the first page.</param>
    /// <param name="reader">The documents.</param>
    /// <returns>
    /// One document more than a page may have, the best first, and the words' weights; no weights where the document
    /// that the page is to follow is not there.
    /// </returns>
    public static async ValueTask<(IReadOnlyList<(RankKey Key, long Document)> Found, ushort[]? Weights)> RunAsync(
        SearchQuery query, SearchCursor? cursor, ICatalogKindReader reader)
    {
        var weights = cursor?.Weights ?? await WeightsOfAsync(query, reader).ConfigureAwait(false);
        var after = cursor?.Last;
        if (cursor is null && query.After is { } last)
        {
            var isThere = await reader.VisitAsync(last.Value, (_, features) =>
            {
                after = new RankKey(ScoreOf(query, weights, features), features.Id);
                return false;
            }).ConfigureAwait(false);
            if (!isThere)
            {
                return ([], null);
            }
        }

        var run = new SearchRun(query, reader, weights, after);
        await run.CollectAsync().ConfigureAwait(false);
        return (run._page.Best, weights);
    }

    private async ValueTask CollectAsync()
    {
        if (!_query.IsRanked)
        {
            if (!await TryWalkAsync().ConfigureAwait(false))
            {
                _page.Clear();
                await CollectUnwalkedAsync().ConfigureAwait(false);
            }
        }
        else if (_query.Tokens.Length > 0)
        {
            await _reader.VisitMatchingAsync(_query.Tokens, any: false, Offer).ConfigureAwait(false);
        }
        else
        {
            await CollectNiceAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Only nice attributes: first who has any of them, then, if there is room, everybody else.</summary>
    private async ValueTask CollectNiceAsync()
    {
        await _reader.VisitMatchingAsync(_query.NiceTokens, any: true, Offer).ConfigureAwait(false);
        if (_page.IsFull)
        {
            return;
        }

        _isWithoutScore = true;
        if (!await TryWalkAsync().ConfigureAwait(false))
        {
            _page.Clear();
            await CollectUnwalkedAsync().ConfigureAwait(false);
            _isWithoutScore = false;
            await _reader.VisitMatchingAsync(_query.NiceTokens, any: true, Offer).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Looks at all in the order of ids until the page is full; false where that took too long and an index knows.
    /// </summary>
    private async ValueTask<bool> TryWalkAsync()
    {
        var canGiveUp = _query.Tokens.Length > 0 || _query.HasPriceRange;
        var walked = 0;
        await _reader.VisitAllAsync(_after is { Score: 0 } after ? after.Id : null, (document, features) =>
        {
            Offer(document, features);
            return !_page.IsFull && (!canGiveUp || ++walked < WalkedMax);
        }).ConfigureAwait(false);
        return walked < WalkedMax;
    }

    private ValueTask CollectUnwalkedAsync() => _query.Tokens.Length > 0
        ? _reader.VisitMatchingAsync(_query.Tokens, any: false, Offer)
        : _reader.VisitPricedAsync(
            _query.Currency ?? 0, _query.PriceMin ?? 0, _query.PriceMax ?? long.MaxValue, Offer);

    private bool Offer(long document, FeatureView features)
    {
        if (IsWithin(features) && ScoreOf(_query, _weights, features) is >= 0 and var score
            && (score == 0 || !_isWithoutScore))
        {
            _page.Offer(new RankKey(score, features.Id), document);
        }

        return true;
    }

    private bool IsWithin(FeatureView features)
    {
        if (_query.Currency is { } currency && features.Currency != currency
            && (_query.Kind == CatalogKind.Listing || features.Currency != 0))
        {
            return false;
        }

        if (features.PriceMinor < (_query.PriceMin ?? 0) || features.PriceMinor > (_query.PriceMax ?? long.MaxValue))
        {
            return false;
        }

        foreach (var fact in _query.FactPlaces)
        {
            if (!features.Has(fact))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A document's score; −1 where it lacks a word.</summary>
    private static long ScoreOf(SearchQuery query, ushort[] weights, FeatureView features)
    {
        var score = 0L;
        for (var i = 0; i < weights.Length; i++)
        {
            var impact = features.ImpactOf(query.WordPlaces[i]);
            if (impact == 0)
            {
                return -1;
            }

            score += weights[i] * impact / 100;
        }

        foreach (var nice in query.NicePlaces)
        {
            score += features.Has(nice) ? SearchQuery.NiceScore : 0;
        }

        return score;
    }

    /// <summary>
    /// The words' rarities, ln(1 + (N − n + ½) / (n + ½)), in thousandths (Robertson's idf, kept positive).
    /// </summary>
    private static async ValueTask<ushort[]> WeightsOfAsync(SearchQuery query, ICatalogKindReader reader)
    {
        var weights = new ushort[query.Words.Length];
        if (weights.Length == 0)
        {
            return weights;
        }

        var all = await reader.CountAsync().ConfigureAwait(false);
        var frequencies = await reader.FrequenciesOfAsync(query.WordTokens).ConfigureAwait(false);
        for (var i = 0; i < weights.Length; i++)
        {
            var having = frequencies[i];
            weights[i] = (ushort)Math.Round(1_000 * Math.Log(1 + ((Math.Max(0, all - having) + 0.5) / (having + 0.5))));
        }

        return weights;
    }
}
