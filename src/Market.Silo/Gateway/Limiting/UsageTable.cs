using System.Runtime.InteropServices;

namespace Market.Silo.Gateway.Limiting;

/// <summary>
/// What somebody uses: how many connections, and how fast. Who has none and whose bucket is full again is forgotten,
/// so the table is no larger than what happened lately.
/// </summary>
/// <typeparam name="TKey">Who.</typeparam>
/// <param name="perSecond">Tokens that come in a second.</param>
/// <param name="burst">Tokens in a full bucket.</param>
internal sealed class UsageTable<TKey>(int perSecond, int burst)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Usage> _usages = [];

    /// <summary>How many are known.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _usages.Count;
            }
        }
    }

    /// <summary>Counts a connection; the caller counts it out again by <see cref="Leave"/>.</summary>
    /// <returns>What its owner uses, this connection included.</returns>
    public Usage Enter(TKey key)
    {
        lock (_gate)
        {
            ref var usage = ref CollectionsMarshal.GetValueRefOrAddDefault(_usages, key, out _);
            usage ??= new Usage(new TokenBucket(perSecond, burst));
            usage.Connections++;
            return usage;
        }
    }

    /// <summary>Counts a connection out.</summary>
    public void Leave(Usage usage)
    {
        lock (_gate)
        {
            usage.Connections--;
        }
    }

    /// <summary>Forgets whoever uses nothing.</summary>
    /// <param name="now">The moment, in the ticks of the buckets.</param>
    public void Sweep(long now)
    {
        lock (_gate)
        {
            foreach (var (key, usage) in _usages)
            {
                if (usage.Connections == 0 && usage.Bucket.IsFull(now))
                {
                    _usages.Remove(key);
                }
            }
        }
    }
}

/// <summary>What one uses.</summary>
/// <param name="bucket">How fast.</param>
internal sealed class Usage(TokenBucket bucket)
{
    private int _connections;

    /// <summary>Its rate.</summary>
    public TokenBucket Bucket => bucket;

    /// <summary>Its connections; changed by its table alone.</summary>
    public int Connections
    {
        get => Volatile.Read(ref _connections);
        set => Volatile.Write(ref _connections, value);
    }
}
