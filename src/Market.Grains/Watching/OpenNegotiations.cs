using System.Diagnostics.CodeAnalysis;

namespace Market.Grains.Watching;

/// <summary>Open negotiations, by stream and by what they depend on.</summary>
internal sealed class OpenNegotiations<TKey>
    where TKey : struct, IEquatable<TKey>
{
    private readonly Dictionary<long, OpenNegotiation<TKey>> _byStream = [];
    private readonly Dictionary<TKey, HashSet<long>> _byKey = [];

    public IReadOnlyCollection<OpenNegotiation<TKey>> All => _byStream.Values;

    public void Add(OpenNegotiation<TKey> open)
    {
        _byStream[open.Stream] = open;
        Index(open.First, open.Stream);
        Index(open.Second, open.Stream);
    }

    public void Remove(long stream)
    {
        if (_byStream.Remove(stream, out var open))
        {
            Forget(open.First, stream);
            Forget(open.Second, stream);
        }
    }

    public bool TryFind(long stream, [NotNullWhen(true)] out OpenNegotiation<TKey>? open) =>
        _byStream.TryGetValue(stream, out open);

    /// <summary>The streams of those that depend on something.</summary>
    public IReadOnlyCollection<long> DependentOn(TKey key) => _byKey.TryGetValue(key, out var streams) ? streams : [];

    private void Index(TKey? key, long stream)
    {
        if (key is { } on)
        {
            _ = (_byKey.TryGetValue(on, out var streams) ? streams : _byKey[on] = []).Add(stream);
        }
    }

    private void Forget(TKey? key, long stream)
    {
        if (key is { } on && _byKey.TryGetValue(on, out var streams) && streams.Remove(stream) && streams.Count == 0)
        {
            _byKey.Remove(on);
        }
    }
}
