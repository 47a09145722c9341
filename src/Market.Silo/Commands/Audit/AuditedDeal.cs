using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>What a negotiation agreed, as far as the ledger has to do it.</summary>
internal sealed record DealAgreement(
    NegotiationId Negotiation,
    Hash32 TermsHash,
    Participant Buyer,
    Participant Seller,
    Amount Total,
    int FeeBasisPoints,
    Guid Listing,
    long Quantity,
    Guid? Request,
    Hash32? BuyerApproval,
    Hash32? SellerApproval);

/// <summary>A deal as negotiation and ledger have it so far.</summary>
internal sealed class AuditedDeal
{
    /// <summary>Null before it is agreed, and after its end.</summary>
    public DealAgreement? Agreement { get; set; }

    public bool IsAgreed { get; set; }

    public bool HasEnded { get; set; }

    /// <summary>Whether its legs are posted, rather than held or released.</summary>
    public bool IsPosted { get; set; }

    /// <summary>The entry that settled it; 0 for none.</summary>
    public long BookedEntry { get; set; }

    public Moment BookedAt { get; set; }

    public SettlementMode Mode { get; set; }

    public Moment? DeliveryDeadline { get; set; }

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
        var money = Asset.Money(deal.Total.Currency);
        var goods = new Asset(AssetKind.Unit, deal.Listing);
        var (buyer, seller, market) = (deal.Buyer.Principal, deal.Seller.Principal, default(PrincipalNumber));
        var exact = (decimal)deal.Total.MinorUnits * deal.FeeBasisPoints / BasisPoints;
        var fee = (long)Math.Round(exact, MidpointRounding.ToEven);
        var funds = new AccountName(AccountKind.Funds, buyer, money);
        var movements = new List<DealMovement>(4)
        {
            new(funds, new(AccountKind.Funds, seller, money), deal.Total.MinorUnits - fee),
            new(funds, new(AccountKind.Fees, market, money), fee),
            new(new(AccountKind.Stock, seller, goods), new(AccountKind.Owned, buyer, goods), deal.Quantity),
        };
        if (deal.Request is { } request)
        {
            var need = new Asset(AssetKind.Need, request);
            movements.Add(new(
                new(AccountKind.Need, buyer, need), new(AccountKind.Filled, market, need), deal.Quantity));
        }

        movements.RemoveAll(static movement => movement.Amount == 0);
        return movements;
    }
}
