using System.Diagnostics.Metrics;
using Market.Domain;

namespace Market.Silo.Gateway;

/// <summary>
/// Counts acts whose signature was wrong, by agent, over a sliding window: one is a mistake, many are an attempt. A new
/// connection does not begin anew. Bounded: beyond that many offenders the one that was quiet longest is forgotten.
/// </summary>
internal sealed class WrongSignatures : IDisposable
{
    /// <summary>The meter of `market.gateway.signatures.wrong` and `market.gateway.signatures.closed`.</summary>
    public const string MeterName = "Market.Gateway.Signatures";

    private const int OffendersMax = 4_096;

    private readonly Lock _gate = new();
    private readonly Dictionary<AgentNumber, LinkedListNode<Offender>> _offenders = [];
    private readonly LinkedList<Offender> _byLast = new();
    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _wrong;
    private readonly Counter<long> _closed;
    private readonly TimeProvider _time;

    /// <summary>Begins with nobody remembered.</summary>
    /// <param name="time">The clock.</param>
    public WrongSignatures(TimeProvider time)
    {
        _time = time;
        _wrong = _meter.CreateCounter<long>("market.gateway.signatures.wrong");
        _closed = _meter.CreateCounter<long>("market.gateway.signatures.closed");
    }

    /// <summary>Counts one; whether its agent has had as many as it may within the window.</summary>
    public bool IsTooMany(AgentNumber agent)
    {
        _wrong.Add(1);
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            if (!_offenders.TryGetValue(agent, out var node))
            {
                node = new LinkedListNode<Offender>(new Offender(agent));
                _offenders.Add(agent, node);
                if (_offenders.Count > OffendersMax)
                {
                    _offenders.Remove(_byLast.First!.Value.Agent);
                    _byLast.RemoveFirst();
                }
            }
            else
            {
                _byLast.Remove(node);
            }

            _byLast.AddLast(node);
            var times = node.Value.Times;
            while (times.TryPeek(out var oldest) && now - oldest >= GatewayOptions.WrongSignaturesWindow)
            {
                times.Dequeue();
            }

            if (times.Count < GatewayOptions.WrongSignaturesMax)
            {
                times.Enqueue(now);
                return false;
            }
        }

        _closed.Add(1);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    /// <summary>An agent and when its last wrong signatures came, at most as many as it may have.</summary>
    private sealed record Offender(AgentNumber Agent)
    {
        public Queue<DateTimeOffset> Times { get; } = new(GatewayOptions.WrongSignaturesMax);
    }
}
