namespace Market.Domain.Strategies;

/// <summary>What a strategy decides to do, with an outcome by its number. The default value ends.</summary>
public readonly record struct TurnAct
{
    private TurnAct(NegotiatorActKind kind, int outcome)
    {
        Kind = kind;
        Outcome = outcome;
    }

    /// <summary>End the negotiation without agreement.</summary>
    public static TurnAct End => default;

    /// <summary>Accept the standing offer.</summary>
    public static TurnAct Accept => new(NegotiatorActKind.Accept, TurnView.NoOffer);

    /// <summary>Which of the three it is.</summary>
    public NegotiatorActKind Kind { get; }

    /// <summary>The number of the outcome proposed; without meaning for the other acts.</summary>
    public int Outcome { get; }

    /// <summary>Offer, or counter with, an outcome.</summary>
    public static TurnAct Propose(int outcome) => new(NegotiatorActKind.Propose, outcome);
}
