using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Grains;
using Market.Grains.Hosting;

namespace Market.Silo.Gateway;

/// <summary>
/// Agents' keys, imported once: an import costs twice as much as a verification. Bounded; the key that was used longest
/// ago makes room.
/// </summary>
/// <param name="cluster">Where the directory is.</param>
/// <param name="countMax">Keys kept.</param>
internal sealed class AgentKeyCache(IGrainCluster cluster, int countMax = 10_000) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AgentNumber, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();

    /// <summary>Keys kept now.</summary>
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

    /// <summary>Whether a signature is an agent's over some bytes; false too where there is no such agent.</summary>
    public async ValueTask<bool> VerifyAsync(
        AgentNumber signer, ReadOnlyMemory<byte> bytes, ReadOnlyMemory<byte> signature)
    {
        if (Find(signer) is not { } key)
        {
            var answer = await cluster.AskAsync(GrainId.Directory, new FindAgent(signer)).ConfigureAwait(false);
            if (answer is not AgentFound { Agent: { } agent })
            {
                return false;
            }

            key = Add(agent);
        }

        return key.Verify(bytes.Span, signature.Span);
    }

    /// <summary>Takes up an agent's key.</summary>
    public VerifyingKey Add(Agent agent)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(agent.Number, out var known))
            {
                return known.Value.Key;
            }

            var key = new VerifyingKey(agent.PublicKey);
            _entries.Add(agent.Number, _byUse.AddFirst(new Entry(agent.Number, key)));
            if (_entries.Count > countMax)
            {
                var last = _byUse.Last!.Value;
                _byUse.RemoveLast();
                _entries.Remove(last.Agent);
                last.Key.Dispose();
            }

            return key;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var entry in _byUse)
            {
                entry.Key.Dispose();
            }

            _byUse.Clear();
            _entries.Clear();
        }
    }

    private VerifyingKey? Find(AgentNumber agent)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(agent, out var node))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Key;
        }
    }

    private sealed record Entry(AgentNumber Agent, VerifyingKey Key);
}

/// <summary>
/// One public key. The platform's key objects are for one thread at a time, so each verification takes one of a few, or
/// imports another. After its end it still verifies, with imports that it does not keep.
/// </summary>
/// <param name="publicKey">SubjectPublicKeyInfo, DER, of a P-256 key.</param>
internal sealed class VerifyingKey(ReadOnlyMemory<byte> publicKey) : IDisposable
{
    private readonly Stack<ECDsa> _spare = new(1);
    private bool _isDisposed;

    /// <summary>Whether a signature (ES256, r then s) is this key's over some bytes.</summary>
    public bool Verify(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature)
    {
        var key = Take();
        try
        {
            return key.VerifyData(
                bytes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        finally
        {
            Give(key);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_spare)
        {
            _isDisposed = true;
            while (_spare.TryPop(out var key))
            {
                key.Dispose();
            }
        }
    }

    private ECDsa Take()
    {
        lock (_spare)
        {
            if (_spare.TryPop(out var spare))
            {
                return spare;
            }
        }

        return PublicKeys.Import(publicKey.Span)
            ?? throw new CryptographicException("A registered key is not a P-256 key.");
    }

    private void Give(ECDsa key)
    {
        lock (_spare)
        {
            if (!_isDisposed && _spare.Count < Environment.ProcessorCount)
            {
                _spare.Push(key);
                return;
            }
        }

        key.Dispose();
    }
}
