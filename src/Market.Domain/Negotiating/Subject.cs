namespace Market.Domain.Negotiating;

/// <summary>How a negotiation is conducted.</summary>
public enum Protocol : byte
{
    /// <summary>Alternating offers by two parties, with one standing offer.</summary>
    Bilateral = 1,

    /// <summary>The buyer takes the listing's posted price: one step, with the same guarantees.</summary>
    PostedPrice = 2,
}

/// <summary>The rules that a negotiation was opened under; they never change.</summary>
/// <param name="Protocol">How it is conducted.</param>
/// <param name="RoundsMax">Rounds; in each round each party makes at most one offer.</param>
/// <param name="Duration">After this time from its opening the negotiation has expired.</param>
/// <param name="FeeBasisPoints">
/// The market's fee on the total, in 1/100 percent, paid by the buyer out of the total.
/// </param>
/// <param name="SignaturesRequired">Whether firm offers and accepts must carry evidence of their signer.</param>
/// <param name="ImpasseAfter">
/// Rounds in which neither side moves, after which the negotiation ends; 0 where it never does for that reason. A side
/// moves when its offer differs from its offer before in terms, in binding or in the quantity that may be taken.
/// </param>
public sealed record NegotiationRules(
    Protocol Protocol,
    int RoundsMax,
    TimeSpan Duration,
    int FeeBasisPoints,
    bool SignaturesRequired,
    int ImpasseAfter = 0);

/// <summary>A line of a listing, with the quantity of it that an order takes.</summary>
/// <param name="Line">Place of the line in the listing, from 0.</param>
/// <param name="Quantity">How many of it, at least 1.</param>
public readonly record struct OrderLine(int Line, int Quantity);

/// <summary>What a negotiation is about: one version of one listing, for one request or none.</summary>
/// <param name="Listing">The listing.</param>
/// <param name="ListingVersion">The version of it that offers are bound to.</param>
/// <param name="Request">The buyer's request whose need a deal fills, or null.</param>
/// <param name="Order">The lines of the listing that are ordered.</param>
/// <param name="Agenda">The issues.</param>
/// <param name="Posted">The terms at which the seller sells without negotiating, or null.</param>
/// <param name="Category">The listing's category, which mandates may name; null where it is not said.</param>
public sealed record Subject(
    ListingId Listing,
    int ListingVersion,
    RequestId? Request,
    ValueArray<OrderLine> Order,
    Agenda Agenda,
    Terms? Posted,
    string? Category = null);

/// <summary>One side of a negotiation.</summary>
/// <param name="Agent">The agent who acts.</param>
/// <param name="Principal">Whom it acts for.</param>
/// <param name="Mandate">
/// The mandate that it acts under; null where its principal has set none. Never shown to the other side.
/// </param>
public sealed record Participant(AgentNumber Agent, PrincipalNumber Principal, MandateId? Mandate);
