using Market.Domain;
using Market.Domain.Wire.Messages;

namespace Market.Silo.Gateway.Limiting;

/// <summary>What one connection uses of what its address, its sender and its principal may.</summary>
/// <param name="limiter">What all use.</param>
/// <param name="address">What its address uses; left once a key is proved.</param>
internal sealed class SessionAllowance(GatewayLimiter limiter, Usage address) : IDisposable
{
    private readonly Lock _gate = new();
    private Usage? _address = address;
    private volatile Usage? _sender;
    private volatile Usage? _principal;
    private bool _hasEnded;

    /// <summary>
    /// The connection is somebody's now: it has proved a key, or registered it. Before that nothing may be taken.
    /// </summary>
    /// <returns>Whether the sender has no more connections than it may.</returns>
    public bool Become(SenderKey sender, PrincipalNumber? principal)
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                return true; // it is over for another reason already
            }

            LeaveAll();
            _principal = principal is { } number ? limiter.Principals.Enter(number) : null;
            var usage = limiter.Senders.Enter(sender);
            _sender = usage;
            return usage.Connections <= limiter.Limits.ConnectionsPerAgent;
        }
    }

    /// <summary>Takes one request.</summary>
    /// <param name="now">The moment on the limiter's clock.</param>
    /// <returns>Why it is too fast; null where it is not.</returns>
    public Refused? Take(long now)
    {
        var limits = limiter.Limits;
        return _sender!.Bucket.TryTake(now) is var wait and > 0 ? TooFast("agent", limits.AgentRequestsPerSecond, wait)
            : _principal?.Bucket.TryTake(now) is var others and > 0
                ? TooFast("principal", limits.PrincipalRequestsPerSecond, others.Value)
            : null;
    }

    /// <summary>The connection has ended.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _hasEnded = true;
            LeaveAll();
        }
    }

    // Who has left still has the buckets: a request that is under way when the connection ends finds them.
    private void LeaveAll()
    {
        Leave(limiter.Addresses, ref _address);
        if (_sender is { } sender)
        {
            limiter.Senders.Leave(sender);
        }

        if (_principal is { } principal)
        {
            limiter.Principals.Leave(principal);
        }
    }

    private static void Leave<TKey>(UsageTable<TKey> table, ref Usage? usage)
        where TKey : notnull
    {
        if (usage is { } left)
        {
            table.Leave(left);
            usage = null;
        }
    }

    private static Refused TooFast(string whose, int perSecond, long wait) => Refusals.Of(
        GatewayRefusal.RateLimited,
        $"One {whose} may send {perSecond} requests a second; nothing was done, send the same again later.",
        TimeSpan.FromTicks(wait));
}
