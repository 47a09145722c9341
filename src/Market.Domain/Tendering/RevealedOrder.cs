namespace Market.Domain.Tendering;

/// <summary>
/// The order in which bids are revealed. It begins with the bids ascending by hash, which no arrival can influence, and
/// shuffles them by Fisher–Yates: for i from the last place down to 1, place i is exchanged with place j, drawn from 0
/// to i by <see cref="SplitMix64"/>, whose state begins as the first 8 bytes of the seed, big-endian.
/// </summary>
public static class RevealedOrder
{
    /// <summary>Hashes in the order that sorts their bytes.</summary>
    public static Hash256[] Ascending(IEnumerable<Hash256> bids) =>
        [.. bids.OrderBy(static h => h.A).ThenBy(static h => h.B).ThenBy(static h => h.C).ThenBy(static h => h.D)];

    /// <summary>Shuffles bids that are ascending by hash.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="ascending">The bids' hashes, ascending.</param>
    public static Hash256[] Shuffle(Hash256 seed, ReadOnlySpan<Hash256> ascending)
    {
        var order = ascending.ToArray();
        var random = new SplitMix64(seed.A);
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = random.NextBelow(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
