using Market.Domain.Mandates;
using Market.Domain.Wire;

namespace Market.Domain.Settling;

/// <summary>An entry of the book: one row of the ledger's stream, numbered by the stream's version.</summary>
/// <param name="At">When; later than the entry before (INV-18).</param>
public abstract record LedgerEvent(LedgerTime At);

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
}

/// <summary>Amounts moved outside a deal.</summary>
/// <param name="At">When.</param>
/// <param name="Command">The command's id.</param>
/// <param name="PayloadHash">Hash of what the command said, to know it again.</param>
/// <param name="Reason">Which command it was.</param>
/// <param name="Opened">Accounts that this entry opens.</param>
/// <param name="Postings">What moved.</param>
[WireType(600)]
public sealed record TransfersPosted(
    LedgerTime At,
    LedgerCommandId Command,
    Hash256 PayloadHash,
    TransferReason Reason,
    ValueArray<OpenedAccount> Opened,
    ValueArray<Posting> Postings) : LedgerEvent(At);

/// <summary>An amount was reserved.</summary>
/// <param name="At">When.</param>
/// <param name="Command">The command's id, which names the hold.</param>
/// <param name="PayloadHash">Hash of what the command said, to know it again.</param>
/// <param name="ExpiresAt">When the hold is released by itself.</param>
/// <param name="Opened">Accounts that this entry opens.</param>
/// <param name="Posting">What is reserved.</param>
[WireType(610)]
public sealed record TransferHeld(
    LedgerTime At,
    LedgerCommandId Command,
    Hash256 PayloadHash,
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
