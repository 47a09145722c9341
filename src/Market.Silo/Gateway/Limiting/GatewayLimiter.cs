using System.Net;
using System.Net.Sockets;
using Market.Domain;

namespace Market.Silo.Gateway.Limiting;

/// <summary>
/// What all sessions of a gateway use together: how fast, and over how many connections, each address, agent and
/// principal. It holds no more than what is open, or happened within the last seconds.
/// </summary>
/// <param name="limits">What the operator allows.</param>
/// <param name="time">The clock.</param>
internal sealed class GatewayLimiter(OperatorLimits limits, TimeProvider time)
{
    private const int PrefixBytes = 8;

    private readonly long _start = time.GetTimestamp();

    /// <summary>What the operator allows.</summary>
    public OperatorLimits Limits => limits;

    /// <summary>The moment, in ticks of 100 ns since the gateway began.</summary>
    public long Now => time.GetElapsedTime(_start).Ticks;

    /// <summary>Addresses: connections that have not proved a key, and how fast they begin.</summary>
    public UsageTable<IPAddress> Addresses { get; } = new(limits.HandshakesPerSecond, limits.HandshakesBurst);

    /// <summary>Agents, principals' keys and unknown keys: their connections and requests.</summary>
    public UsageTable<SenderKey> Senders { get; } = new(limits.AgentRequestsPerSecond, limits.AgentRequestsBurst);

    /// <summary>Principals: the requests of all their agents.</summary>
    public UsageTable<PrincipalNumber> Principals { get; } =
        new(limits.PrincipalRequestsPerSecond, limits.PrincipalRequestsBurst);

    /// <summary>Lets a connection begin, or says when to come again.</summary>
    /// <param name="address">Where it comes from; null where that has no address.</param>
    /// <param name="retryAfter">When to come again; zero where it may begin.</param>
    public SessionAllowance? TryAdmit(IPAddress? address, out TimeSpan retryAfter)
    {
        var usage = Addresses.Enter(KeyOf(address));
        var wait = usage.Connections > limits.HandshakesOpen
            ? TimeSpan.TicksPerSecond
            : usage.Bucket.TryTake(Now);
        retryAfter = TimeSpan.FromTicks(wait);
        if (wait == 0)
        {
            return new SessionAllowance(this, usage);
        }

        Addresses.Leave(usage);
        return null;
    }

    /// <summary>Forgets whoever uses nothing any more.</summary>
    public void Sweep()
    {
        var now = Now;
        Addresses.Sweep(now);
        Senders.Sweep(now);
        Principals.Sweep(now);
    }

    // Whoever has one IPv6 address has the 2^64 of its network.
    private static IPAddress KeyOf(IPAddress? address)
    {
        if (address is null || address.IsIPv4MappedToIPv6)
        {
            return address?.MapToIPv4() ?? IPAddress.None;
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(PrefixBytes).Clear();
        return new IPAddress(bytes);
    }
}
