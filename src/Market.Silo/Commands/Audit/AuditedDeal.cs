using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Settling;

namespace Market.Silo.Commands.Audit;

/// <summary>What a negotiation agreed, as far as the ledger has to do it.</summary>
internal sealed record DealAgreement(
    NegotiationId Negotiation,
    Hash256 TermsHash,
    Participant Buyer,
    Participant Seller,
    Money Total,
    int FeeBasisPoints,
    ListingId Listing,
    long Quantity,
    RequestId? Request);

/// <summary>A deal as negotiation and ledger have it so far.</summary>
internal sealed class AuditedDeal
{
    /// <summary>Null before it is agreed, and after its end.</summary>
    public DealAgreement? Agreement { get; set; }

    public bool IsAgreed { get; set; }

    public bool HasEnded { get; set; }

    /// <summary>The entry that settled it; 0 for none.</summary>
    public long BookedEntry { get; set; }

    public LedgerTime BookedAt { get; set; }

    public SettlementMode Mode { get; set; }

    public LedgerTime? DeliveryDeadline { get; set; }

    /// <summary>The entry that refused it; 0 for none.</summary>
    public long RefusedEntry { get; set; }
}

/// <summary>The movement of one deal, by names: what f(terms) of INV-9 says.</summary>
internal readonly record struct DealMovement(AccountName Debit, AccountName Credit, long Amount);

/// <summary>What a deal moves.</summary>
internal static class DealMovements
{
    private const int BasisPoints = 10_000;

    /// <summary>
    /// Price less fee from the buyer to the seller, the fee (total × basis points ÷ 10,000, half to even) from the
    /// buyer to
    /// the market, the units from the seller to the buyer, and the need that they fill. What is nothing is left out.
    /// </summary>
    public static List<DealMovement> Of(DealAgreement deal)
    {
        var money = deal.Total.Currency;
        var buyer = deal.Buyer.Principal;
        var seller = deal.Seller.Principal;
        var exact = (decimal)deal.Total.MinorUnits * deal.FeeBasisPoints / BasisPoints;
        var fee = (long)Math.Round(exact, MidpointRounding.ToEven);
        var movements = new List<DealMovement>(4)
        {
            new(AccountName.Funds(buyer, money), AccountName.Funds(seller, money), deal.Total.MinorUnits - fee),
            new(AccountName.Funds(buyer, money), AccountName.Fees(money), fee),
            new(AccountName.Stock(seller, deal.Listing), AccountName.Owned(buyer, deal.Listing), deal.Quantity),
        };
        if (deal.Request is { } request)
        {
            movements.Add(new(AccountName.Need(buyer, request), AccountName.Filled(request), deal.Quantity));
        }

        movements.RemoveAll(static movement => movement.Amount == 0);
        return movements;
    }
}
