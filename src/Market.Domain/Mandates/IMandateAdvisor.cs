using Market.Domain.Settling;

namespace Market.Domain.Mandates;

/// <summary>
/// Tells an agent early that a binding act would exceed its own mandate. It decides nothing: the ledger does, when the
/// deal is settled.
/// </summary>
public interface IMandateAdvisor
{
    /// <summary>Why a side's mandate would not allow a deal now, as far as is known; null where it would.</summary>
    LedgerRefused? Advise(in MandatedDeal deal, LedgerTime now);
}
