using Market.Domain.Mandates;
using Market.Domain.Wire;

namespace Market.Domain.Settling;

/// <summary>An entry of the book: one row of the ledger's stream, numbered by the stream's version.</summary>
/// <param name="At">When; later than the entry before (INV-18).</param>
public abstract record LedgerEvent(LedgerTime At);

/// <summary>An entry of a command with an id of its own that is neither a transfer nor a hold.</summary>
internal interface IIdentifiedEntry
{
    /// <summary>The command's id.</summary>
    LedgerCommandId Command { get; }
}

/// <summary>Why an entry posted transfers.</summary>
public enum TransferReason : byte
{
    /// <summary>Money came into the market.</summary>
    Deposited = 1,

    /// <summary>Money left the market.</summary>
    Withdrawn = 2,

    /// <summary>Stock came into being.</summary>
    UnitsMinted = 3,

    /// <summary>A need came into being.</summary>
    NeedMinted = 4,

    /// <summary>The market moved amounts between accounts.</summary>
    Transferred = 5,

    /// <summary>A seller took units of its stock back.</summary>
    UnitsReturned = 6,

    /// <summary>A seller took all of its stock back.</summary>
    StockReturned = 7,
}

/// <summary>Amounts moved outside a deal.</summary>
/// <param name="At">When.</param>
/// <param name="Command">The command's id.</param>
/// <param name="Reason">Which command it was.</param>
/// <param name="Opened">Accounts that this entry opens.</param>
/// <param name="Postings">What moved.</param>
[WireType(600)]
public sealed record TransfersPosted(
    LedgerTime At,
    LedgerCommandId Command,
    TransferReason Reason,
    ValueArray<OpenedAccount> Opened,
    ValueArray<Posting> Postings) : LedgerEvent(At);

/// <summary>Accounts were opened before anything moved through them.</summary>
/// <param name="At">When.</param>
/// <param name="Command">The command's id.</param>
/// <param name="Opened">The accounts; the last one is the one that was asked for.</param>
[WireType(601)]
public sealed record AccountsOpened(LedgerTime At, LedgerCommandId Command, ValueArray<OpenedAccount> Opened)
    : LedgerEvent(At), IIdentifiedEntry;

/// <summary>A listing or a request was closed, and its accounts are gone; their numbers are not used again.</summary>
/// <param name="At">When.</param>
/// <param name="Command">The command's id.</param>
/// <param name="Asset">What was closed.</param>
/// <param name="Evicted">Its accounts, all zero after the postings.</param>
/// <param name="Postings">What went back to the mint.</param>
[WireType(602)]
public sealed record AccountsEvicted(
    LedgerTime At,
    LedgerCommandId Command,
    Asset Asset,
    ValueArray<OpenedAccount> Evicted,
    ValueArray<Posting> Postings) : LedgerEvent(At), IIdentifiedEntry;

/// <summary>An amount was reserved.</summary>
/// <param name="At">When.</param>
/// <param name="Command">The command's id, which names the hold.</param>
/// <param name="ExpiresAt">When the hold is released by itself.</param>
/// <param name="Opened">Accounts that this entry opens.</param>
/// <param name="Posting">What is reserved.</param>
[WireType(610)]
public sealed record TransferHeld(
    LedgerTime At,
    LedgerCommandId Command,
    LedgerTime ExpiresAt,
    ValueArray<OpenedAccount> Opened,
    Posting Posting) : LedgerEvent(At);

/// <summary>A hold was posted and what was left of it released.</summary>
/// <param name="At">When.</param>
/// <param name="Hold">The hold.</param>
/// <param name="Amount">What was posted.</param>
[WireType(611)]
public sealed record HoldPosted(LedgerTime At, LedgerCommandId Hold, long Amount) : LedgerEvent(At);

/// <summary>A hold was released.</summary>
/// <param name="At">When.</param>
/// <param name="Hold">The hold.</param>
[WireType(612)]
public sealed record HoldVoided(LedgerTime At, LedgerCommandId Hold) : LedgerEvent(At);

/// <summary>Holds and undelivered deals were released since their time had come.</summary>
/// <param name="At">When.</param>
/// <param name="PlacedBy">The entries that had placed them, the earliest deadline first.</param>
[WireType(613)]
public sealed record HoldsExpired(LedgerTime At, ValueArray<EntryNumber> PlacedBy) : LedgerEvent(At);

/// <summary>A mandate holds from now on.</summary>
/// <param name="At">When.</param>
/// <param name="Mandate">The mandate.</param>
[WireType(620)]
public sealed record MandateGranted(LedgerTime At, Mandate Mandate) : LedgerEvent(At);

/// <summary>A mandate ended: no later deal uses it.</summary>
/// <param name="At">When.</param>
/// <param name="Mandate">The mandate.</param>
[WireType(621)]
public sealed record MandateRevoked(LedgerTime At, MandateId Mandate) : LedgerEvent(At);

/// <summary>A mandate does not hold until it is resumed.</summary>
/// <param name="At">When.</param>
/// <param name="Mandate">The mandate.</param>
[WireType(622)]
public sealed record MandateSuspended(LedgerTime At, MandateId Mandate) : LedgerEvent(At);

/// <summary>A suspended mandate holds again.</summary>
/// <param name="At">When.</param>
/// <param name="Mandate">The mandate.</param>
[WireType(623)]
public sealed record MandateResumed(LedgerTime At, MandateId Mandate) : LedgerEvent(At);

/// <summary>A deal was settled: posted, or held until delivery.</summary>
/// <param name="At">When.</param>
/// <param name="Deal">The deal.</param>
/// <param name="Negotiation">The negotiation that agreed it.</param>
/// <param name="TermsHash">Hash of the agreed terms.</param>
/// <param name="Buyer">The side that pays.</param>
/// <param name="Seller">The side that delivers.</param>
/// <param name="Total">What the buyer pays in all; counts against both mandates.</param>
/// <param name="Mode">Posted at once, or held until delivery.</param>
/// <param name="DeliveryDeadline">When it is voided by itself, if held.</param>
/// <param name="Opened">Accounts that this entry opens.</param>
/// <param name="Postings">What moved, or is held.</param>
[WireType(630)]
public sealed record DealBooked(
    LedgerTime At,
    DealId Deal,
    NegotiationId Negotiation,
    Hash256 TermsHash,
    DealParty Buyer,
    DealParty Seller,
    Money Total,
    SettlementMode Mode,
    LedgerTime? DeliveryDeadline,
    ValueArray<OpenedAccount> Opened,
    ValueArray<Posting> Postings) : LedgerEvent(At);

/// <summary>An agreed deal cannot be settled, for good; nothing moved.</summary>
/// <param name="At">When.</param>
/// <param name="Deal">The deal.</param>
/// <param name="Negotiation">The negotiation that agreed it.</param>
/// <param name="TermsHash">Hash of the agreed terms.</param>
/// <param name="Causes">Why, for each side.</param>
[WireType(631)]
public sealed record DealRefused(
    LedgerTime At,
    DealId Deal,
    NegotiationId Negotiation,
    Hash256 TermsHash,
    SettlementCauses Causes) : LedgerEvent(At);

/// <summary>All legs of a deal held until delivery were posted.</summary>
/// <param name="At">When.</param>
/// <param name="Deal">The deal.</param>
[WireType(632)]
public sealed record DeliveryConfirmed(LedgerTime At, DealId Deal) : LedgerEvent(At);

/// <summary>All legs of a deal held until delivery were voided.</summary>
/// <param name="At">When.</param>
/// <param name="Deal">The deal.</param>
[WireType(633)]
public sealed record DeliveryCancelled(LedgerTime At, DealId Deal) : LedgerEvent(At);

/// <summary>A settled deal was taken back, in whole or in part.</summary>
/// <param name="At">When.</param>
/// <param name="Command">The command's id.</param>
/// <param name="Deal">The deal.</param>
/// <param name="Settled">The entry that settled it, whose legs these reverse.</param>
/// <param name="Amounts">What went back of each leg of that entry, in its order.</param>
/// <param name="Postings">What moved: the opposite of the legs, less where nothing went back.</param>
/// <param name="Paid">What of the money went back to the buyer, and to both mandates' budgets.</param>
/// <param name="BuyerMandate">The mandate that the deal was made under; null for none.</param>
/// <param name="SellerMandate">The seller's mandate; null for none.</param>
/// <param name="SettledAt">When the deal was settled: it counted in both budgets' window of then.</param>
[WireType(640)]
public sealed record DealReversed(
    LedgerTime At,
    LedgerCommandId Command,
    DealId Deal,
    EntryNumber Settled,
    ValueArray<long> Amounts,
    ValueArray<Posting> Postings,
    Money Paid,
    MandateId? BuyerMandate,
    MandateId? SellerMandate,
    LedgerTime SettledAt) : LedgerEvent(At), IIdentifiedEntry;

/// <summary>
/// A deal is to be taken back and the seller, or the market's fees, cannot pay: nothing moved, and what is owed is a
/// claim from now on. It counts against the legs as a reversal does.
/// </summary>
/// <param name="At">When.</param>
/// <param name="Command">The command's id.</param>
/// <param name="Deal">The deal.</param>
/// <param name="Settled">The entry that settled it.</param>
/// <param name="Amounts">What is to go back of each leg of that entry, in its order.</param>
/// <param name="Postings">What is to move.</param>
/// <param name="Paid">What of the money is to go back to the buyer.</param>
/// <param name="BuyerMandate">The mandate that the deal was made under; null for none.</param>
/// <param name="SellerMandate">The seller's mandate; null for none.</param>
/// <param name="Asked">What the leg that could not be paid asked for.</param>
/// <param name="Allowed">What was available for it.</param>
/// <param name="SettledAt">When the deal was settled: it counted in both budgets' window of then.</param>
[WireType(641)]
public sealed record RefundClaimed(
    LedgerTime At,
    LedgerCommandId Command,
    DealId Deal,
    EntryNumber Settled,
    ValueArray<long> Amounts,
    ValueArray<Posting> Postings,
    Money Paid,
    MandateId? BuyerMandate,
    MandateId? SellerMandate,
    long Asked,
    long Allowed,
    LedgerTime SettledAt) : LedgerEvent(At), IIdentifiedEntry;

/// <summary>A claim was paid: its postings moved and it is closed.</summary>
/// <param name="At">When.</param>
/// <param name="Command">The command's id.</param>
/// <param name="Claim">The entry that made the claim.</param>
[WireType(642)]
public sealed record ClaimPaid(LedgerTime At, LedgerCommandId Command, EntryNumber Claim)
    : LedgerEvent(At), IIdentifiedEntry;

/// <summary>A return of units was refused for good: fewer were available. Nothing moved.</summary>
/// <param name="At">When.</param>
/// <param name="Command">The command's id.</param>
/// <param name="Listing">The listing.</param>
/// <param name="Owner">Its seller's principal.</param>
/// <param name="Quantity">Units that were to go back.</param>
/// <param name="Available">Units that were available.</param>
[WireType(646)]
public sealed record ReturnRefused(
    LedgerTime At,
    LedgerCommandId Command,
    ListingId Listing,
    PrincipalNumber Owner,
    long Quantity,
    long Available) : LedgerEvent(At), IIdentifiedEntry;
