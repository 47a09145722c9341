using System.Diagnostics.CodeAnalysis;
using Market.Domain;

namespace Market.Grains.Mandates;

/// <summary>The open negotiations under mandates, by stream and by mandate.</summary>
internal sealed class OpenNegotiations
{
    private readonly Dictionary<long, OpenUnderMandate> _byStream = [];
    private readonly Dictionary<MandateId, HashSet<long>> _byMandate = [];

    public IReadOnlyCollection<OpenUnderMandate> All => _byStream.Values;

    public void Add(OpenUnderMandate open)
    {
        _byStream[open.Stream] = open;
        Index(open.Buyer, open.Stream);
        Index(open.Seller, open.Stream);
    }

    public void Remove(long stream)
    {
        if (_byStream.Remove(stream, out var open))
        {
            Forget(open.Buyer, stream);
            Forget(open.Seller, stream);
        }
    }

    public bool TryFind(long stream, [NotNullWhen(true)] out OpenUnderMandate? open) =>
        _byStream.TryGetValue(stream, out open);

    public IReadOnlyCollection<long> Under(MandateId mandate) =>
        _byMandate.TryGetValue(mandate, out var streams) ? streams : [];

    private void Index(MandateId? mandate, long stream)
    {
        if (mandate is { } id)
        {
            _ = (_byMandate.TryGetValue(id, out var streams) ? streams : _byMandate[id] = []).Add(stream);
        }
    }

    private void Forget(MandateId? mandate, long stream)
    {
        if (mandate is { } id && _byMandate.TryGetValue(id, out var streams)
            && streams.Remove(stream) && streams.Count == 0)
        {
            _byMandate.Remove(id);
        }
    }
}
