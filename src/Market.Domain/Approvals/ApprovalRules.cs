using Market.Domain.Negotiating;

namespace Market.Domain.Approvals;

/// <summary>Whether an approval that comes with a binding act is one of exactly that act.</summary>
public static class ApprovalRules
{
    /// <summary>
    /// The approval that counts for a binding act: the one given where it is of this side, in this negotiation, of
    /// exactly these terms, and neither it nor what it lets stand outlives it; else null, and the act has none.
    /// </summary>
    /// <param name="given">What the gateway found and whose signature it has verified; or null.</param>
    /// <param name="side">The side that acts.</param>
    /// <param name="negotiation">Where.</param>
    /// <param name="termsHash">Hash of the exact terms.</param>
    /// <param name="total">What the buyer pays in all.</param>
    /// <param name="now">The moment of the act.</param>
    /// <param name="until">
    /// How long an offer would stand, so that it cannot be accepted when its approval is over; else the moment itself.
    /// </param>
    public static GrantedApproval? Counting(
        GrantedApproval? given,
        Participant side,
        NegotiationId negotiation,
        Hash256 termsHash,
        Money total,
        LedgerTime now,
        LedgerTime until)
    {
        if (given is null || side?.Mandate is not { } mandate || ApprovalDocument.Read(given.Document) is not { } said)
        {
            return null;
        }

        var expected = new ApprovalDocument(
            side.Principal, side.Agent, mandate, negotiation, termsHash, total, said.ExpiresAt);
        return said == expected && given.TermsHash == termsHash && now < said.ExpiresAt && until <= said.ExpiresAt
            ? given
            : null;
    }
}
