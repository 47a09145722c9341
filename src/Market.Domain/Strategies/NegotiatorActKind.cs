namespace Market.Domain.Strategies;

/// <summary>The three things that a strategy can do in its turn.</summary>
public enum NegotiatorActKind : byte
{
    /// <summary>End the negotiation without agreement.</summary>
    End = 0,

    /// <summary>Offer an outcome; it supersedes the own offer before.</summary>
    Propose = 1,

    /// <summary>Accept the counterparty's standing firm offer.</summary>
    Accept = 2,
}
