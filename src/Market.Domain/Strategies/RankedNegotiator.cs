namespace Market.Domain.Strategies;

/// <summary>
/// A strategy that works on the numbers of ranked outcomes. It answers two questions, whether it accepts what stands
/// and what it would offer, so that acceptance can be composed with offering. The same object runs in a simulation,
/// through the client library and hosted by the market; <see cref="AlternatingOffers"/> calls it without allocating.
/// </summary>
/// <param name="own">The own outcomes, ranked by the own utility; shared, never changed.</param>
public abstract class RankedNegotiator(RankedOutcomes own) : INegotiator
{
    /// <summary>The own outcomes, ranked by the own utility.</summary>
    public RankedOutcomes Own => own;

    /// <summary>
    /// Forgets the negotiation and begins another, in the same memory: afterwards it does what a new object would.
    /// </summary>
    /// <param name="seed">Of its chance, if it uses any.</param>
    public virtual void Restart(ulong seed)
    {
    }

    /// <summary>
    /// Learns of an offer of another party, in its own turn and before it acts; once for each offer since its last
    /// turn.
    /// </summary>
    /// <param name="party">Who made it: places after the own one in the order of play, 1 for the next party.</param>
    /// <param name="offer">The outcome's number.</param>
    /// <param name="turn">The turn that begins.</param>
    public virtual void Observe(int party, int offer, in TurnView turn)
    {
    }

    /// <summary>Whether it accepts the standing offer; asked only where there is one, and once a turn.</summary>
    public abstract bool Accepts(in TurnView turn);

    /// <summary>
    /// The number of the outcome that it offers, or <see cref="TurnView.NoOffer"/> where it would rather end; asked at
    /// most once a turn.
    /// </summary>
    public abstract int Bid(in TurnView turn);

    /// <summary>What to do now that it is this party's turn: accept, or else offer, or else end.</summary>
    public virtual TurnAct Act(in TurnView turn)
    {
        if (turn.HasOffer && Accepts(turn))
        {
            return TurnAct.Accept;
        }

        var bid = Bid(turn);
        return bid >= 0 ? TurnAct.Propose(bid) : TurnAct.End;
    }

    /// <summary>
    /// The same, where outcomes are lists of values. An indicative offer that it would accept is answered with the same
    /// outcome.
    /// </summary>
    /// <exception cref="ArgumentException">The counterparty's offer is not of the agenda.</exception>
    public NegotiatorAct Act(in NegotiationView view)
    {
        var offer = view.CounterpartyOffer is { } outcome ? own.Space.IndexOf(outcome) : TurnView.NoOffer;
        var turn = new TurnView(2, view.Round, view.RoundsMax, offer);
        if (turn.HasOffer)
        {
            Observe(1, offer, turn);
        }

        var act = Act(turn);
        return act.Kind switch
        {
            NegotiatorActKind.Propose => NegotiatorAct.Propose(own.Space[act.Outcome]),
            NegotiatorActKind.Accept when !view.IsCounterpartyOfferFirm => NegotiatorAct.Propose(own.Space[offer]),
            NegotiatorActKind.Accept => NegotiatorAct.Accept,
            _ => NegotiatorAct.End,
        };
    }
}
