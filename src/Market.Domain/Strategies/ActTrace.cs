using System.Runtime.InteropServices;

namespace Market.Domain.Strategies;

/// <summary>Keeps every act in memory, which the next negotiation can use again.</summary>
public sealed class ActTrace : IActSink
{
    private readonly List<PartyAct> _acts = [];

    /// <summary>Every act so far; valid until the next act or <see cref="Clear"/>.</summary>
    public ReadOnlySpan<PartyAct> Acts => CollectionsMarshal.AsSpan(_acts);

    /// <summary>Every offer so far, in order.</summary>
    public IEnumerable<PartyAct> Offers => _acts.Where(act => act.Kind == NegotiatorActKind.Propose);

    /// <inheritdoc/>
    public void Acted(in PartyAct act) => _acts.Add(act);

    /// <summary>Forgets all acts and keeps their memory.</summary>
    public void Clear() => _acts.Clear();
}
