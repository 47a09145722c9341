namespace Market.Silo.Commands.Audit.Reading;

/// <summary>An entry of the book, as docs/audit.md gives its form.</summary>
internal abstract record LedgerEntry(Moment At);

/// <summary>An amount between two accounts, by their numbers.</summary>
internal readonly record struct Posting(int Debit, int Credit, long Amount);

/// <summary>An account that an entry opens.</summary>
internal readonly record struct OpenedAccount(int Number, AccountName Name);

/// <summary>One side of a deal in the book.</summary>
internal readonly record struct DealParty(
    AgentNumber Agent, PrincipalNumber Principal, MandateId? Mandate, Hash32? Approval);

/// <summary>Why an entry posted transfers.</summary>
internal enum TransferReason : byte
{
    Deposited = 1,
    Withdrawn = 2,
    UnitsMinted = 3,
    NeedMinted = 4,
    Transferred = 5,
    UnitsReturned = 6,
    StockReturned = 7,
}

internal sealed record TransfersPosted(
    Moment At, CommandId Command, TransferReason Reason, Items<OpenedAccount> Opened, Items<Posting> Postings)
    : LedgerEntry(At);

internal sealed record AccountsOpened(Moment At, CommandId Command, Items<OpenedAccount> Opened) : LedgerEntry(At);

internal sealed record AccountsEvicted(
    Moment At, CommandId Command, Asset Asset, Items<OpenedAccount> Evicted, Items<Posting> Postings)
    : LedgerEntry(At);

internal sealed record TransferHeld(
    Moment At, CommandId Command, Moment ExpiresAt, Items<OpenedAccount> Opened, Posting Posting) : LedgerEntry(At);

internal sealed record HoldPosted(Moment At, CommandId Hold, long Amount) : LedgerEntry(At);

internal sealed record HoldVoided(Moment At, CommandId Hold) : LedgerEntry(At);

internal sealed record HoldsExpired(Moment At, Items<long> PlacedBy) : LedgerEntry(At);

internal sealed record MandateGranted(Moment At, Mandate Mandate) : LedgerEntry(At);

internal sealed record MandateRevoked(Moment At, MandateId Mandate) : LedgerEntry(At);

internal sealed record MandateSuspended(Moment At, MandateId Mandate) : LedgerEntry(At);

internal sealed record MandateResumed(Moment At, MandateId Mandate) : LedgerEntry(At);

internal sealed record DealBooked(
    Moment At,
    DealId Deal,
    NegotiationId Negotiation,
    Hash32 TermsHash,
    DealParty Buyer,
    DealParty Seller,
    Amount Total,
    SettlementMode Mode,
    Moment? DeliveryDeadline,
    Items<OpenedAccount> Opened,
    Items<Posting> Postings) : LedgerEntry(At);

internal sealed record DealRefused(Moment At, DealId Deal, NegotiationId Negotiation, Hash32 TermsHash)
    : LedgerEntry(At);

internal sealed record DeliveryConfirmed(Moment At, DealId Deal) : LedgerEntry(At);

internal sealed record DeliveryCancelled(Moment At, DealId Deal) : LedgerEntry(At);

/// <summary>A deal is taken back, or is to be: how much of each of its legs, and so what moves.</summary>
internal abstract record Reversal(
    Moment At,
    CommandId Command,
    DealId Deal,
    long Settled,
    Items<long> Amounts,
    Items<Posting> Postings,
    Amount Paid,
    MandateId? BuyerMandate,
    MandateId? SellerMandate) : LedgerEntry(At);

internal sealed record DealReversed(
    Moment At,
    CommandId Command,
    DealId Deal,
    long Settled,
    Items<long> Amounts,
    Items<Posting> Postings,
    Amount Paid,
    MandateId? BuyerMandate,
    MandateId? SellerMandate)
    : Reversal(At, Command, Deal, Settled, Amounts, Postings, Paid, BuyerMandate, SellerMandate);

internal sealed record RefundClaimed(
    Moment At,
    CommandId Command,
    DealId Deal,
    long Settled,
    Items<long> Amounts,
    Items<Posting> Postings,
    Amount Paid,
    MandateId? BuyerMandate,
    MandateId? SellerMandate)
    : Reversal(At, Command, Deal, Settled, Amounts, Postings, Paid, BuyerMandate, SellerMandate);

internal sealed record ClaimPaid(Moment At, CommandId Command, long Claim) : LedgerEntry(At);

internal sealed record ReturnRefused(Moment At, CommandId Command, long Quantity, long Available) : LedgerEntry(At);

internal sealed record CheckpointExported(Moment At, long Entry, Hash32 Head) : LedgerEntry(At);
