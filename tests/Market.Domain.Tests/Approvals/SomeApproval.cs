using Market.Domain.Approvals;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Testing;

namespace Market.Domain.Tests.Approvals;

/// <summary>Approvals that the buyer of <see cref="Some"/> asks for and its principal grants.</summary>
internal static class SomeApproval
{
    public static readonly ApprovalNames Names = new("Espresso machine", ["machine"], "Bob's agent", "bob");

    public static ApprovalMatter Matter(long unitPrice = 94_00, NegotiationId? negotiation = null)
    {
        var terms = Some.Terms(unitPrice);
        var id = negotiation ?? Some.Negotiation;
        return new ApprovalMatter(
            Some.BuyerAgent, Some.Buyer.Principal, Some.Mandate, Party.Buyer, id, Some.Subject, terms,
            NegotiationHashes.OfTerms(Some.Market, id, Some.Subject, terms), Some.SellerAgent, Some.Seller.Principal);
    }

    public static GrantedApproval Granted(ApprovalMatter matter, LedgerTime expiresAt) => new(
        Id(1), matter.TermsHash, WireFormat.Encode(ApprovalDocument.Of(matter, expiresAt)), new byte[64]);

    public static ApprovalId Id(int number) => new(Some.Message(number, Some.Noon).Value);
}
