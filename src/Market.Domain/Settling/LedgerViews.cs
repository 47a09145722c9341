using Market.Domain.Mandates;

namespace Market.Domain.Settling;

/// <summary>What a principal has.</summary>
/// <param name="AsOf">The last entry that is in it.</param>
/// <param name="Owner">The principal.</param>
/// <param name="Accounts">Its accounts that are not zero: money, then units, then needs, the newest first.</param>
/// <param name="HasMore">Whether older accounts were left out.</param>
[Wire.WireType(563)]
public sealed record Balances(EntryNumber AsOf, PrincipalNumber Owner, ValueArray<Balance> Accounts, bool HasMore);

/// <summary>One account, in minor units or units.</summary>
/// <param name="Account">Which.</param>
/// <param name="Posted">What is there: credits − debits.</param>
/// <param name="Available">What can be spent: posted less what is held.</param>
/// <param name="PendingOut">What is held to leave.</param>
/// <param name="PendingIn">What is held to arrive; not spendable yet.</param>
public sealed record Balance(AccountName Account, long Posted, long Available, long PendingOut, long PendingIn);

/// <summary>Where a deal stands in the ledger.</summary>
/// <param name="AsOf">The last entry that is in it.</param>
/// <param name="Deal">The deal.</param>
/// <param name="TermsHash">Hash of the agreed terms.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Entry">The entry that settled or refused it.</param>
/// <param name="At">When.</param>
/// <param name="DeliveryDeadline">When it is voided by itself, if it was held.</param>
/// <param name="ClosedBy">The entry that posted or voided it, if it was held.</param>
/// <param name="Causes">Why, if it was refused.</param>
/// <param name="Recalls">
/// Entries to read from the journal before this can be answered: then nothing else here means anything. Empty in an
/// answer.
/// </param>
[Wire.WireType(561)]
public sealed record DealStanding(
    EntryNumber AsOf,
    DealId Deal,
    Hash256 TermsHash,
    DealStatus Status,
    EntryNumber Entry,
    LedgerTime At,
    LedgerTime? DeliveryDeadline,
    EntryNumber? ClosedBy,
    SettlementCauses? Causes,
    ValueArray<EntryNumber> Recalls = default);

/// <summary>A mandate and what is used of it: what an agent is pushed a copy of.</summary>
/// <param name="AsOf">The last entry that is in it.</param>
/// <param name="Mandate">The mandate.</param>
/// <param name="Usage">What deals have taken of its budget.</param>
/// <param name="GrantedBy">The entry that granted it.</param>
/// <param name="RevokedBy">The entry that revoked it; null while it holds.</param>
/// <param name="Changes">Its suspensions, resumptions and revocation, oldest first.</param>
/// <param name="WindowUsedMinor">What is taken of the budget in the window of the last entry, in minor units.</param>
/// <param name="OpenHolds">Deals that are held until delivery.</param>
/// <param name="Deals">Deals settled and not voided.</param>
[Wire.WireType(562)]
public sealed record MandateStanding(
    EntryNumber AsOf,
    Mandate Mandate,
    MandateUsage Usage,
    EntryNumber GrantedBy,
    EntryNumber? RevokedBy,
    ValueArray<MandateChange> Changes = default,
    long WindowUsedMinor = 0,
    int OpenHolds = 0,
    long Deals = 0)
{
    /// <summary>1 when granted, one more with each change.</summary>
    public int Revision => 1 + Changes.Count;

    /// <summary>Where it stands, apart from those that it was delegated from.</summary>
    public MandateStatus Status => Changes.Count == 0 ? MandateStatus.Active : Changes[^1].Status;
}
