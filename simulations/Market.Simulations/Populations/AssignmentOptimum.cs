namespace Market.Simulations.Populations;

/// <summary>
/// The largest welfare that any assignment of buyers to sellers gives, each buyer to at most one seller and each seller
/// to at most as many buyers as it has stock: a maximum-weight bipartite matching with capacities. Exact, in integers,
/// by shortest augmenting paths: buyers are added one at a time, each along the path that loses least. (Kuhn, "The
/// Hungarian method for the assignment problem", 1955; Jonker and Volgenant, 1987.)
/// </summary>
internal sealed class AssignmentOptimum
{
    private const int Nobody = -1;

    private readonly long[][] _gains;
    private readonly long[] _stock;
    private readonly List<int>[] _buyersOf;
    private readonly int[] _sellerOf;

    private AssignmentOptimum(long[][] gains, long[] stock)
    {
        (_gains, _stock) = (gains, stock);
        _buyersOf = [.. stock.Select(static _ => new List<int>())];
        _sellerOf = new int[gains.Length];
        Array.Fill(_sellerOf, Nobody);
    }

    /// <summary>Finds it.</summary>
    /// <param name="gains">For each buyer and seller what a deal between them is worth in all; 0 where there cannot be
    /// one.</param>
    /// <param name="stock">For each seller how many buyers it can serve.</param>
    /// <returns>The seller of each buyer; −1 for none.</returns>
    public static int[] Of(long[][] gains, long[] stock)
    {
        var optimum = new AssignmentOptimum(gains, stock);
        for (var buyer = 0; buyer < gains.Length; buyer++)
        {
            optimum.Add(buyer);
        }

        return optimum._sellerOf;
    }

    // Bellman-Ford over sellers: best[s] is the most that welfare grows if the new buyer's chain of moves ends by
    // taking one more place at s. A chain may also end by letting a buyer go, which needs no free place.
    private void Add(int buyer)
    {
        var sellers = _stock.Length;
        var best = new long[sellers];
        var previous = new int[sellers];
        var mover = new int[sellers];
        for (var seller = 0; seller < sellers; seller++)
        {
            (best[seller], previous[seller], mover[seller]) = (_gains[buyer][seller], Nobody, buyer);
        }

        var reachable = new Queue<int>(Enumerable.Range(0, sellers).Where(seller => best[seller] > 0));
        while (reachable.TryDequeue(out var from))
        {
            foreach (var moved in IsFull(from) ? _buyersOf[from] : [])
            {
                for (var to = 0; to < sellers; to++)
                {
                    var growth = best[from] - _gains[moved][from] + _gains[moved][to];
                    if (to != from && _gains[moved][to] > 0 && growth > best[to])
                    {
                        (best[to], previous[to], mover[to]) = (growth, from, moved);
                        reachable.Enqueue(to);
                    }
                }
            }
        }

        Take(best, previous, mover);
    }

    private void Take(long[] best, int[] previous, int[] mover)
    {
        var (growth, end, dropped) = (0L, Nobody, Nobody);
        for (var seller = 0; seller < best.Length; seller++)
        {
            if (!IsFull(seller))
            {
                if (best[seller] > growth)
                {
                    (growth, end, dropped) = (best[seller], seller, Nobody);
                }

                continue;
            }

            foreach (var weakest in _buyersOf[seller])
            {
                if (best[seller] - _gains[weakest][seller] > growth)
                {
                    (growth, end, dropped) = (best[seller] - _gains[weakest][seller], seller, weakest);
                }
            }
        }

        if (dropped != Nobody)
        {
            _buyersOf[end].Remove(dropped);
            _sellerOf[dropped] = Nobody;
        }

        for (var seller = end; seller != Nobody; seller = previous[seller])
        {
            if (previous[seller] != Nobody)
            {
                _buyersOf[previous[seller]].Remove(mover[seller]);
            }

            _buyersOf[seller].Add(mover[seller]);
            _sellerOf[mover[seller]] = seller;
        }
    }

    private bool IsFull(int seller) => _buyersOf[seller].Count >= _stock[seller];
}
