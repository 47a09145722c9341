namespace Market.Domain.Strategies;

/// <summary>
/// The variant of <see cref="Micro"/> in its paper: among outcomes of the same utility it next offers one that the
/// counterparty has offered. The rest is alike; without ties the two are the same.
/// </summary>
public sealed class MicroOfPaper : RankedNegotiator
{
    private readonly SeededGenerator _chance;
    private readonly OutcomeSet _received;
    private readonly OutcomeSet _sent;

    /// <summary>Makes one.</summary>
    /// <param name="own">The own outcomes, ranked.</param>
    /// <param name="seed">Of its chance.</param>
    public MicroOfPaper(RankedOutcomes own, ulong seed)
        : base(own)
    {
        _chance = new SeededGenerator(seed);
        _received = new OutcomeSet(own.Space.Count);
        _sent = new OutcomeSet(own.Space.Count);
    }

    /// <inheritdoc/>
    public override void Restart(ulong seed)
    {
        _chance.Restart(seed);
        _received.Clear();
        _sent.Clear();
    }

    /// <inheritdoc/>
    public override void Observe(int party, int offer, in TurnView turn) => _received.Add(offer);

    /// <inheritdoc/>
    public override bool Accepts(in TurnView turn)
    {
        var next = CanConcede ? _sent.Count : _sent.Count - 1;
        var mine = next >= 0 ? Own.UtilityFromTop(next) : Own.ReservationValue;
        return Own.UtilityOf(turn.Offer) >= Math.Max(Own.ReservationValue, mine);
    }

    /// <inheritdoc/>
    public override int Bid(in TurnView turn)
    {
        if (!CanConcede)
        {
            return _sent.Count > 0 ? _sent.Members[_chance.Next(_sent.Count)] : TurnView.NoOffer;
        }

        var next = Next();
        _sent.Add(next);
        return next;
    }

    private bool CanConcede => _sent.Count < Own.RationalCount && _sent.Count <= _received.Count;

    // What has been sent are all outcomes that are better, and some of those that are equal: the count alone says which
    // utility comes next.
    private int Next()
    {
        var utility = Own.UtilityFromTop(_sent.Count);
        var wanted = int.MaxValue;
        foreach (var offer in _received.Members)
        {
            if (Own.UtilityOf(offer) == utility && !_sent.Contains(offer))
            {
                wanted = Math.Min(wanted, offer);
            }
        }

        return wanted < int.MaxValue ? wanted : FirstUnsent(utility);
    }

    private int FirstUnsent(double utility)
    {
        var rank = Own.FirstRankAtLeast(utility);
        while (_sent.Contains(Own.RankedIndices[rank]))
        {
            rank++;
        }

        return Own.RankedIndices[rank];
    }
}
