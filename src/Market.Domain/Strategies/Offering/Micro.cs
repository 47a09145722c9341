namespace Market.Domain.Strategies;

/// <summary>
/// MiCRO (de Jonge, "An analysis of the linear bilateral ANAC domains using the MiCRO benchmark strategy", 2022):
/// offers its rational outcomes one by one from the best, a new one only while it has not made more distinct offers
/// than it has received; else it repeats one of its own, each equally likely. It accepts an offer that is worth no less
/// than no agreement and than the next outcome that it is ready to offer. With several others it counts the distinct
/// offers of all.
/// </summary>
public sealed class Micro : RankedNegotiator
{
    private readonly SeededGenerator _chance;
    private readonly OutcomeSet _received;

    // Outcomes from the best; the first of them, this many, have been offered.
    private int _sent;

    /// <summary>Makes one.</summary>
    /// <param name="own">The own outcomes, ranked.</param>
    /// <param name="seed">Of its chance.</param>
    public Micro(RankedOutcomes own, ulong seed)
        : base(own)
    {
        _chance = new SeededGenerator(seed);
        _received = new OutcomeSet(own.Space.Count);
    }

    /// <inheritdoc/>
    public override void Restart(ulong seed)
    {
        _chance.Restart(seed);
        _received.Clear();
        _sent = 0;
    }

    /// <inheritdoc/>
    public override void Observe(int party, int offer, in TurnView turn) => _received.Add(offer);

    /// <inheritdoc/>
    public override bool Accepts(in TurnView turn)
    {
        var next = CanConcede ? _sent : _sent - 1;
        var mine = next >= 0 ? Own.UtilityFromTop(next) : Own.ReservationValue;
        return Own.UtilityOf(turn.Offer) >= Math.Max(Own.ReservationValue, mine);
    }

    /// <inheritdoc/>
    public override int Bid(in TurnView turn) =>
        CanConcede ? Own.IndexFromTop(_sent++)
        : _sent > 0 ? Own.IndexFromTop(_chance.Next(_sent))
        : TurnView.NoOffer;

    private bool CanConcede => _sent < Own.RationalCount && _sent <= _received.Count;
}
