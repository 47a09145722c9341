namespace Market.Grains.Searching;

/// <summary>The best of all candidates that come after a place in the order; bounded, whatever is offered.</summary>
/// <param name="size">How many are kept.</param>
/// <param name="after">Where the page before ended; null for the first page.</param>
internal sealed class RankedPage(int size, RankKey? after)
{
    private readonly List<(RankKey Key, long Document)> _best = new(size + 1);

    /// <summary>Whether it has as many as it keeps.</summary>
    public bool IsFull => _best.Count == size;

    /// <summary>What it has, the best first.</summary>
    public IReadOnlyList<(RankKey Key, long Document)> Best => _best;

    /// <summary>Takes a candidate in, if it is among the best so far.</summary>
    public void Offer(RankKey key, long document)
    {
        if ((after is { } last && key.CompareTo(last) <= 0) || (IsFull && key.CompareTo(_best[^1].Key) >= 0))
        {
            return;
        }

        var place = _best.Count;
        while (place > 0 && _best[place - 1].Key.CompareTo(key) > 0)
        {
            place--;
        }

        _best.Insert(place, (key, document));
        if (_best.Count > size)
        {
            _best.RemoveAt(size);
        }
    }

    /// <summary>Forgets what it has.</summary>
    public void Clear() => _best.Clear();
}
