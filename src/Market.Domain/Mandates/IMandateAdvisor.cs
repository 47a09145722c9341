using Market.Domain.Settling;

namespace Market.Domain.Mandates;

/// <summary>
/// Tells an agent early that a binding act would exceed its own mandate. It decides nothing: the ledger does, when the
/// deal is settled.
/// </summary>
public interface IMandateAdvisor
{
    /// <summary>
    /// Whether a mandate is one of a principal's, as far as is known. A principal that was told of its mandate is known
    /// to have it.
    /// </summary>
    bool IsOf(MandateId mandate, PrincipalNumber principal);

    /// <summary>Why a side's mandate would not allow a deal now, as far as is known; null where it would.</summary>
    LedgerRefused? Advise(in MandatedDeal deal, LedgerTime now);
}
