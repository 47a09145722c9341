namespace Market.Domain.Negotiating;

/// <summary>Which kind of key signed a binding act.</summary>
public enum SignerKind : byte
{
    /// <summary>None: no signature was required, or a posted price bound its seller.</summary>
    None = 0,

    /// <summary>The agent's own key.</summary>
    AgentKey = 1,

    /// <summary>A session key, which the agent enrolled and the market holds.</summary>
    SessionKey = 2,
}

/// <summary>Which kind of key signed for each side of a deal.</summary>
/// <param name="Buyer">For the side that pays.</param>
/// <param name="Seller">For the side that delivers.</param>
public readonly record struct DealSigners(SignerKind Buyer, SignerKind Seller)
{
    /// <summary>Those of an offer by one side and its acceptance by the other.</summary>
    public static DealSigners Of(Party offeredBy, Evidence? offer, Evidence? acceptance) => offeredBy == Party.Buyer
        ? new(KindOf(offer), KindOf(acceptance))
        : new(KindOf(acceptance), KindOf(offer));

    private static SignerKind KindOf(Evidence? evidence) =>
        evidence is null ? SignerKind.None
        : evidence.SessionKey is null ? SignerKind.AgentKey
        : SignerKind.SessionKey;
}
