namespace Market.Client;

/// <summary>Which binding acts (firm offers, accepts, purchases) the client signs with the agent's key.</summary>
public enum SigningPolicy
{
    /// <summary>All of them; the default, and right wherever a deal may be disputed.</summary>
    Always = 0,

    /// <summary>Those of negotiations whose rules require signatures, and every opening with a firm offer.</summary>
    WhenRequired = 1,

    /// <summary>None: for load tests of markets that require no signatures. Other markets refuse the acts.</summary>
    Never = 2,
}
