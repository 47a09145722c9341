using System.Runtime.InteropServices;

namespace Market.Grains.Journaling;

/// <summary>The last row of a stream, as far as fencing needs it.</summary>
internal readonly record struct FencingHead(long Version, long Writer);

/// <summary>
/// Heads of the streams that were written lately, in two generations: when the young one is full it becomes the old one
/// and the old one is forgotten. It is as good as least-recently-used here, and costs one dictionary look-up a row.
/// </summary>
/// <param name="generationMax">Most streams in one generation; about 40 bytes each.</param>
internal sealed class StreamHeadCache(int generationMax)
{
    private Dictionary<long, FencingHead> _young = [];
    private Dictionary<long, FencingHead> _old = [];

    public int Count => _young.Count + _old.Count;

    /// <summary>The head of a stream, if it is known.</summary>
    public bool TryGet(long stream, out FencingHead head) =>
        _young.TryGetValue(stream, out head) || _old.TryGetValue(stream, out head);

    public void Set(long stream, FencingHead head)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrNullRef(_young, stream);
        if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref known))
        {
            known = head;
            return;
        }

        if (_young.Count >= generationMax)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }

        _young.Add(stream, head);
    }

    /// <summary>Forgets everything: another connection has written, or a transaction was rolled back.</summary>
    public void Clear()
    {
        _young.Clear();
        _old.Clear();
    }
}
