namespace Market.Domain.Settling;

/// <summary>
/// Why a deal is not settled. Each side's cause is found without regard to the other's, so that what a side learns
/// depends on nothing private of the other's but that the deal failed (INV-20). What is wrong with the deal itself
/// is both sides'.
/// </summary>
/// <param name="Buyer">The first cause on the buyer's side; null where that side could have settled.</param>
/// <param name="Seller">The first cause on the seller's side; null where that side could have settled.</param>
public sealed record SettlementCauses(LedgerRefused? Buyer, LedgerRefused? Seller)
{
    internal static SettlementCauses OfBoth(LedgerRefused refused) => new(refused, refused);
}
