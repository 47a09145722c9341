using Market.Domain.Settling;

namespace Market.Domain.Mandates;

/// <summary>A deal as the mandate of one of its sides judges it.</summary>
/// <param name="Party">The side: who acts, for whom, under which mandate, with which approval.</param>
/// <param name="Counterparty">The principal of the other side.</param>
/// <param name="Action">Whether the side buys or sells.</param>
/// <param name="Total">What the buyer pays in all.</param>
/// <param name="Category">The listing's category; null where the deal names none.</param>
/// <param name="IsHeld">Whether it is held until delivery.</param>
/// <param name="TermsHash">Hash of the terms that an approval has to name.</param>
public readonly record struct MandatedDeal(
    DealParty Party,
    PrincipalNumber Counterparty,
    MandateActions Action,
    Money Total,
    string? Category,
    bool IsHeld,
    Hash256 TermsHash)
{
    /// <summary>Whether the side's principal has approved exactly these terms.</summary>
    public bool IsApproved => Party.Approval is { } approved && approved == TermsHash;

    /// <summary>The buyer's side of a settle.</summary>
    public static MandatedDeal OfBuyer(Settle deal)
    {
        ArgumentNullException.ThrowIfNull(deal);
        return Of(deal, deal.Buyer, deal.Seller, MandateActions.Buy);
    }

    /// <summary>The seller's side of a settle.</summary>
    public static MandatedDeal OfSeller(Settle deal)
    {
        ArgumentNullException.ThrowIfNull(deal);
        return Of(deal, deal.Seller, deal.Buyer, MandateActions.Sell);
    }

    private static MandatedDeal Of(Settle deal, in DealParty own, in DealParty other, MandateActions action) => new(
        own, other.Principal, action, deal.Total, deal.Category, deal.Mode == SettlementMode.OnDelivery,
        deal.TermsHash);
}
