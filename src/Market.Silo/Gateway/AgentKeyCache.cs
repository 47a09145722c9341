using Market.Domain;
using Market.Domain.Enrolling;
using Market.Grains;
using Market.Grains.Hosting;

namespace Market.Silo.Gateway;

/// <summary>What a signature is worth.</summary>
internal enum SignatureVerdict
{
    /// <summary>No key of the agent verifies it.</summary>
    Wrong,

    /// <summary>A good key of the agent verifies it.</summary>
    Good,

    /// <summary>A key verifies it that was replaced and whose overlap is over.</summary>
    OfEndedKey,

    /// <summary>A key verifies it that was taken back.</summary>
    OfRevokedKey,
}

/// <summary>
/// Agents' keys, imported once: an import costs twice as much as a verification. Bounded; the agent whose keys were
/// used longest ago makes room. An agent whose keys change is forgotten, and asked for again.
/// </summary>
/// <param name="cluster">Where the directory is.</param>
/// <param name="countMax">Agents whose keys are kept.</param>
internal sealed class AgentKeyCache(IGrainCluster cluster, int countMax = 10_000) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AgentNumber, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();
    private long _changes;

    /// <summary>Agents whose keys are kept now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>What an agent's signature is worth now; wrong too where there is no such agent.</summary>
    public async ValueTask<SignatureVerdict> VerifyAsync(
        AgentNumber signer, ReadOnlyMemory<byte> bytes, ReadOnlyMemory<byte> signature)
    {
        var (entry, changes) = Find(signer);
        if (entry is null)
        {
            var answer = await cluster.AskAsync(GrainId.Directory, new FindAgentKeys(signer)).ConfigureAwait(false);
            if (answer is not AgentKeysFound { Keys: { Count: > 0 } keys })
            {
                return SignatureVerdict.Wrong;
            }

            entry = Add(signer, keys, changes);
        }

        foreach (var (key, state) in entry.Keys)
        {
            if (key.Verify(bytes.Span, signature.Span))
            {
                return state.IsLive ? SignatureVerdict.Good
                    : state.Revoked is null ? SignatureVerdict.OfEndedKey
                    : SignatureVerdict.OfRevokedKey;
            }
        }

        return SignatureVerdict.Wrong;
    }

    /// <summary>Forgets an agent's keys, which have changed. What is being asked for meanwhile is not kept.</summary>
    public void Forget(AgentNumber agent)
    {
        lock (_gate)
        {
            _changes++;
            if (_entries.Remove(agent, out var node))
            {
                _byUse.Remove(node);
                node.Value.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var entry in _byUse)
            {
                entry.Dispose();
            }

            _byUse.Clear();
            _entries.Clear();
        }
    }

    private Entry Add(AgentNumber agent, ValueArray<EnrolledAgentKey> keys, long changes)
    {
        // The newest first: it is the one that signs.
        var entry = new Entry(agent, [.. keys.Reverse().Select(static key => (new VerifyingKey(key.PublicKey), key))]);
        lock (_gate)
        {
            if (changes != _changes || _entries.ContainsKey(agent))
            {
                return entry; // for this once: newer keys may be there, or are kept already
            }

            _entries.Add(agent, _byUse.AddFirst(entry));
            if (_entries.Count > countMax)
            {
                var last = _byUse.Last!.Value;
                _byUse.RemoveLast();
                _entries.Remove(last.Agent);
                last.Dispose();
            }

            return entry;
        }
    }

    private (Entry? Entry, long Changes) Find(AgentNumber agent)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(agent, out var node))
            {
                return (null, _changes);
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return (node.Value, _changes);
        }
    }

    private sealed record Entry(
        AgentNumber Agent, IReadOnlyList<(VerifyingKey Key, EnrolledAgentKey State)> Keys) : IDisposable
    {
        public void Dispose()
        {
            foreach (var (key, _) in Keys)
            {
                key.Dispose();
            }
        }
    }
}
