namespace Market.Domain.Negotiating;

/// <summary>The two sides of a negotiation.</summary>
public enum Party : byte
{
    /// <summary>The side that pays.</summary>
    Buyer = 1,

    /// <summary>The side that delivers.</summary>
    Seller = 2,
}

/// <summary>What follows from being a side.</summary>
public static class Parties
{
    /// <summary>The other side.</summary>
    public static Party Counterparty(this Party party) => party == Party.Buyer ? Party.Seller : Party.Buyer;
}
