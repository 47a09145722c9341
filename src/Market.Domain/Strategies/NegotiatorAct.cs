using Market.Domain.Negotiating;

namespace Market.Domain.Strategies;

/// <summary>What a strategy decides to do. The default value ends the negotiation, which binds nobody.</summary>
public readonly record struct NegotiatorAct
{
    private readonly Outcome _outcome;

    private NegotiatorAct(NegotiatorActKind kind, Outcome outcome)
    {
        Kind = kind;
        _outcome = outcome;
    }

    /// <summary>End the negotiation without agreement.</summary>
    public static NegotiatorAct End => default;

    /// <summary>Accept the counterparty's standing firm offer.</summary>
    public static NegotiatorAct Accept => new(NegotiatorActKind.Accept, default);

    /// <summary>Which of the three it is.</summary>
    public NegotiatorActKind Kind { get; }

    /// <summary>The outcome proposed.</summary>
    /// <exception cref="InvalidOperationException">The act is not a proposal.</exception>
    public Outcome Outcome => Kind == NegotiatorActKind.Propose
        ? _outcome
        : throw new InvalidOperationException($"Only a proposal has an outcome; this act is {Kind}.");

    /// <summary>Offer, or counter with, an outcome of the agenda.</summary>
    public static NegotiatorAct Propose(Outcome outcome) => new(NegotiatorActKind.Propose, outcome);

    /// <inheritdoc/>
    public override string ToString() => Kind == NegotiatorActKind.Propose ? $"Propose {_outcome}" : Kind.ToString();
}
