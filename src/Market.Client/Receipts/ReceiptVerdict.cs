using Market.Domain.Auditing;

namespace Market.Client;

/// <summary>What the verification of a receipt came to.</summary>
public enum ReceiptOutcome
{
    /// <summary>The market signed it, and it says what was expected.</summary>
    Genuine = 1,

    /// <summary>Its bytes are no receipt, or its signature has not 64 bytes.</summary>
    NotAReceipt = 2,

    /// <summary>It names a key that is none of those given; nothing is known of its signature.</summary>
    KeyUnknown = 3,

    /// <summary>The signature is not that key's over these bytes for this market: something was changed.</summary>
    SignatureWrong = 4,

    /// <summary>The key signed it, and it is of another market than the one asked about.</summary>
    OtherMarket = 5,

    /// <summary>The market signed it, and it is of another deal.</summary>
    OtherDeal = 6,

    /// <summary>The market signed it, and it is of other terms.</summary>
    OtherTerms = 7,

    /// <summary>The market signed it, and its parties, total or negotiation are not those of the deal.</summary>
    OtherContent = 8,
}

/// <summary>What was found of a receipt.</summary>
/// <param name="Outcome">What it came to.</param>
/// <param name="Explanation">The same as a sentence that names what was found and what was expected.</param>
/// <param name="Receipt">What the receipt says; null where its bytes are none.</param>
public sealed record ReceiptVerdict(ReceiptOutcome Outcome, string Explanation, Receipt? Receipt)
{
    /// <summary>Whether the market's word for it holds.</summary>
    public bool IsGenuine => Outcome == ReceiptOutcome.Genuine;
}
