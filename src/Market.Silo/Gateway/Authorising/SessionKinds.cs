namespace Market.Silo.Gateway.Authorising;

/// <summary>
/// What a session is, as far as its right to send goes. Operators have no session: what they may do, they do on the
/// machine itself, with the program's commands.
/// </summary>
[Flags]
internal enum SessionKinds : byte
{
    /// <summary>None: what the market alone sends.</summary>
    None = 0,

    /// <summary>A connection that has not proved a key yet.</summary>
    Unproven = 1,

    /// <summary>Its key is neither an agent's nor a principal's.</summary>
    Unregistered = 2,

    /// <summary>A buyer's agent.</summary>
    Buyer = 4,

    /// <summary>A seller's agent.</summary>
    Seller = 8,

    /// <summary>A principal's own key.</summary>
    Principal = 16,

    /// <summary>Any agent.</summary>
    Agent = Buyer | Seller,
}
