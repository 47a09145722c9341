using Market.Domain.Strategies;

namespace Market.Simulations.Results;

/// <summary>
/// Every act of one negotiation, in order. Act k is of party k mod n in round k / n; so a number an act is enough: the
/// index of the outcome offered, or one of the negative numbers below. Grows, is cleared and used again.
/// </summary>
internal sealed class ActLog : IActSink
{
    /// <summary>The party accepted the standing offer.</summary>
    public const int Accept = -1;

    /// <summary>The party ended the negotiation.</summary>
    public const int End = -2;

    /// <summary>The party's strategy failed, which ended the negotiation.</summary>
    public const int Failed = -3;

    private readonly ActTrace _trace = new();
    private int[] _acts = new int[256];

    /// <summary>Number of acts.</summary>
    public int Count { get; private set; }

    /// <summary>The acts.</summary>
    public ReadOnlySpan<int> Acts => _acts.AsSpan(0, Count);

    /// <summary>The same acts with round and party, but for a failure.</summary>
    public ReadOnlySpan<PartyAct> Trace => _trace.Acts;

    /// <summary>Number of those that are offers.</summary>
    public int Offers { get; private set; }

    /// <summary>Forgets all acts, and keeps the memory.</summary>
    public void Clear()
    {
        (Count, Offers) = (0, 0);
        _trace.Clear();
    }

    /// <summary>Adds that a party's strategy failed.</summary>
    public void Fail() => Add(Failed);

    private void Add(int act)
    {
        if (Count == _acts.Length)
        {
            Array.Resize(ref _acts, 2 * Count);
        }

        _acts[Count++] = act;
        Offers += act >= 0 ? 1 : 0;
    }

    /// <inheritdoc/>
    public void Acted(in PartyAct act)
    {
        _trace.Acted(act);
        Add(act.Kind switch
        {
            NegotiatorActKind.Propose => act.Outcome,
            NegotiatorActKind.Accept => Accept,
            _ => End,
        });
    }
}
