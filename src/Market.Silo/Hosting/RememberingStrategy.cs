using Market.Domain.Strategies;

namespace Market.Silo.Hosting;

/// <summary>
/// A strategy that remembers earlier turns, with what it has been shown: each turn of its negotiation once, in order,
/// so that it knows after a restart what it knew before.
/// </summary>
/// <param name="strategy">A new one.</param>
internal sealed class RememberingStrategy(INegotiator strategy)
{
    private int _shown;
    private long _lastSeq;
    private NegotiatorAct _decided;

    /// <summary>
    /// What it does on a turn. Asked about the same turn again, it says the same; shown a turn that then did not take
    /// place, since its act was refused or came too late, it is of no more use.
    /// </summary>
    /// <param name="past">The own turns in which an offer was made, all of them.</param>
    /// <param name="now">This turn.</param>
    /// <param name="decided">What it does.</param>
    /// <returns>Whether it could say; if not, a new one can.</returns>
    public bool TryDecide(IReadOnlyList<HostedPastTurn> past, HostedPastTurn now, out NegotiatorAct decided)
    {
        if (_shown > 0 && _lastSeq == now.Seq)
        {
            decided = _decided;
            return true;
        }

        if (_shown > past.Count || (_shown > 0 && past[_shown - 1].Seq != _lastSeq))
        {
            decided = default;
            return false;
        }

        while (_shown < past.Count)
        {
            Show(past[_shown]);
        }

        decided = Show(now);
        return true;
    }

    private NegotiatorAct Show(HostedPastTurn turn)
    {
        _decided = strategy.Act(turn.View);
        _lastSeq = turn.Seq;
        _shown++;
        return _decided;
    }
}

/// <summary>A turn, as a strategy sees it.</summary>
/// <param name="Seq">The version of the bargaining on which it was taken.</param>
/// <param name="View">What is shown.</param>
internal readonly record struct HostedPastTurn(long Seq, NegotiationView View);
